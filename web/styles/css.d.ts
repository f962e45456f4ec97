// Stylesheets are imported as their minified text (tools/build.mjs).
declare module '*.css' {
  const text: string
  export default text
}
