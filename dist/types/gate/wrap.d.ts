export type Native = (...args: any[]) => any;
export declare const isWrapped: (value: unknown) => boolean;
/**
 * Replaces methods of `owner`, as far as the browser has them.
 * @param handler  Gets the built-in, `this` and the arguments, at least as many as the built-in asks for.
 */
export declare function methods(owner: any, names: string, handler: (native: Native, self: any, args: any[], name: string) => unknown): void;
/** Replaces the setter, or the getter, of an accessor of `owner`. */
export declare function accessor(owner: any, name: string, set?: ((store: (value: unknown) => void, self: any, value: any) => void) | null, get?: (value: any, self: any) => unknown): void;
/** Lets wrapped functions of every realm look native when their source is asked for in this one. */
export declare const hideSources: (functions: any) => void;
