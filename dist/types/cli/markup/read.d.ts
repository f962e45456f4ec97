export interface Attribute {
    /** Lower case, as written ("xlink:href"). */
    name: string;
    /** Offset of the name, and of the value without its quotes. */
    at: number;
    valueAt: number;
    /** As written: entities are not replaced. */
    raw: string;
    value: string;
}
/** page: it is at work. inert: in a template or <noscript>. closed: in a shadow root that nobody can look into. */
export type Place = 'page' | 'inert' | 'closed';
export interface Tag {
    name: string;
    svg: boolean;
    place: Place;
    /** Offset of "<", and of the end of the tag's name. */
    at: number;
    nameEnd: number;
    /** Of the start tag, and of the whole element. */
    end: number;
    until: number;
    /** All that are written; of a name that stands twice the first counts. */
    attributes: Attribute[];
    /** Of scripts and styles: the text as written, and its offset. */
    text: string | null;
    textAt: number;
}
export interface Markup {
    source: string;
    tags: Tag[];
    /** href of the first <base>. */
    base: string | null;
}
/** The letters of a text that was read as bytes; the text itself where they are not UTF-8. */
export declare function lettersOf(bytes: string): string;
/** The first attribute of a name. */
export declare const attributeOf: (tag: Tag, name: string) => Attribute | undefined;
export declare const valueIn: (tag: Tag, name: string) => string | null;
export declare function readMarkup(source: string): Markup;
/** Says in which line and column, from 1, an offset is. */
export declare function placesIn(source: string): (offset: number) => {
    line: number;
    column: number;
};
