export interface Tabs {
    /** Tells the others that the stored state changed. */
    changed(): void;
    /** Called when another tab changed it. */
    onChange(listener: () => void): void;
}
export declare function browserTabs(): Tabs;
