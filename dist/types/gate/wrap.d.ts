export type Native = (...args: any[]) => any;
export declare const isWrapped: (value: unknown) => boolean;
/**
 * Replaces methods of an interface, or for "" of the window, as far as the browser has them.
 * @param handler  Gets the built-in, `this` and the arguments, at least as many as the built-in asks for.
 */
export declare function methods(view: any, owner: string, names: string, handler: (native: Native, self: any, args: any[], name: string) => unknown): void;
/** Replaces the setter, or the getter, of an accessor of an interface. */
export declare function accessor(view: any, owner: string, name: string, set?: ((store: (value: unknown) => void, self: any, value: any) => void) | null, get?: (value: any, self: any) => unknown): void;
/** Lets wrapped functions of every realm look native when their source is asked for in this one. */
export declare const hideSources: (view: any) => void;
