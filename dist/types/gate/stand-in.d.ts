/**
 * @param prototype  of the interface, below EventTarget
 * @param first      what its members are until then
 * @returns the object, and what makes it the real one
 */
export declare function standIn(view: any, prototype: any, first: Record<string, unknown>): [self: any, become: (real: any) => void];
