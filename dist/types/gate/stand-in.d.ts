/**
 * @param prototype  of the interface, below EventTarget
 * @param target     what was called with `new`, the interface or a class that extends it
 * @param first      what its members are until then
 * @returns the object, and what makes it the real one
 */
export declare function standIn(view: any, { prototype }: any, target: any, first: Record<string, unknown>): [self: any, become: (real: any) => void];
