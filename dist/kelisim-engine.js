
var createKelisimEngine = (() => {
  var _scriptName = import.meta.url;
  
  return (
function(moduleArg = {}) {
  var moduleRtn;

var c=moduleArg,g,m,n=new Promise((a,d)=>{g=a;m=d}),r=Object.assign({},c),t="",u;typeof document!="undefined"&&document.currentScript&&(t=document.currentScript.src);_scriptName&&(t=_scriptName);t.startsWith("blob:")?t="":t=t.substr(0,t.replace(/[?#].*/,"").lastIndexOf("/")+1);u=a=>fetch(a,{credentials:"same-origin"}).then(d=>d.ok?d.arrayBuffer():Promise.reject(Error(d.status+" : "+d.url)));var v=console.error.bind(console);Object.assign(c,r);r=null;var w=c.wasmBinary,x,y=!1,z;
function A(){var a=x.buffer;c.HEAP8=new Int8Array(a);c.HEAP16=new Int16Array(a);c.HEAPU8=z=new Uint8Array(a);c.HEAPU16=new Uint16Array(a);c.HEAP32=new Int32Array(a);c.HEAPU32=new Uint32Array(a);c.HEAPF32=new Float32Array(a);c.HEAPF64=new Float64Array(a)}var B=[],D=[],E=[],F=0,G=null,H=null;function I(a){a="Aborted("+a+")";v(a);y=!0;a=new WebAssembly.RuntimeError(a+". Build with -sASSERTIONS for more info.");m(a);throw a;}var J=a=>a.startsWith("data:application/octet-stream;base64,"),K;
function L(a){if(a==K&&w)return new Uint8Array(w);throw"both async and sync fetching of the wasm failed";}function M(a){return w?Promise.resolve().then(()=>L(a)):u(a).then(d=>new Uint8Array(d),()=>L(a))}function N(a,d,e){return M(a).then(h=>WebAssembly.instantiate(h,d)).then(e,h=>{v(`failed to asynchronously prepare wasm: ${h}`);I(h)})}
function O(a,d){var e=K;return w||typeof WebAssembly.instantiateStreaming!="function"||J(e)||typeof fetch!="function"?N(e,a,d):fetch(e,{credentials:"same-origin"}).then(h=>WebAssembly.instantiateStreaming(h,a).then(d,function(p){v(`wasm streaming compile failed: ${p}`);v("falling back to ArrayBuffer instantiation");return N(e,a,d)}))}for(var P=a=>{a.forEach(d=>d(c))},R,T=0;T<256;++T);c.BindingError=class extends Error{constructor(a){super(a);this.name="BindingError"}};
c.InternalError=class extends Error{constructor(a){super(a);this.name="InternalError"}};
var ba={b:()=>{I("")},c:(a,d,e,h,p,Q)=>{var q=c.natives||{decode:b=>(new TextDecoder).decode(b),encode:b=>(new TextEncoder).encode(b),length:b=>b.length,view:(b,f,l)=>new Uint8Array(b.buffer,f,l)},aa=R.get(p),S=b=>{b=q.encode(b);var f=q.length(b),l=U(f+5);if(!l)throw new RangeError("no memory");var C=q.view(x,l,f+5);for(var k=0;k<4;k++)C[k]=f>>8*k;for(k=0;k<f;k++)C[4+k]=b[k];C[4+f]=0;return l};c.call=(b,f)=>{b=S(b);var l=S(f);f=aa(Q,b,l);V(b);V(l);b=q.view(x,f,4);b=q.decode(q.view(x,f+4,b[0]|b[1]<<
8|b[2]<<16|b[3]<<24));V(f);return b}},d:()=>{},a:a=>{var d=z.length;a>>>=0;if(a>2147483648)return!1;for(var e=1;e<=4;e*=2){a:{var h=(Math.min(2147483648,Math.ceil(Math.max(a,d+65536/e)/65536)*65536)-x.buffer.byteLength+65535)/65536|0;try{x.grow(h);A();var p=1;break a}catch(Q){}p=void 0}if(p)return!0}return!1}},W=function(){function a(e){W=e.exports;x=W.e;A();R=W.h;D.unshift(W.f);F--;F==0&&(G!==null&&(clearInterval(G),G=null),H&&(e=H,H=null,e()));return W}var d={a:ba};F++;if(c.instantiateWasm)try{return c.instantiateWasm(d,
a)}catch(e){v(`Module.instantiateWasm callback failed with error: ${e}`),m(e)}K??=c.locateFile?J("kelisim-engine.wasm")?"kelisim-engine.wasm":c.locateFile?c.locateFile("kelisim-engine.wasm",t):t+"kelisim-engine.wasm":(new URL("kelisim-engine.wasm",import.meta.url)).href;O(d,function(e){a(e.instance)}).catch(m);return{}}(),U=a=>(U=W.g)(a),V=a=>(V=W.i)(a),X,Y;H=function ca(){X||Z();X||(H=ca)};
function Z(){if(!(F>0)){if(!Y&&(Y=1,P(B),F>0))return;X||(X=1,c.calledRun=1,y||(P(D),g(c),P(E)))}}Z();moduleRtn=n;


  return moduleRtn;
}
);
})();
export default createKelisimEngine;
