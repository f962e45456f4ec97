export declare const words: {
    kk: {
        name: string;
        title: string;
        lead: string;
        choose: string;
        unreadable: string;
        good: string;
        bad: string;
        whole: string;
        broken: string;
        to: string;
        text: string;
    };
    ru: {
        name: string;
        title: string;
        lead: string;
        choose: string;
        unreadable: string;
        good: string;
        bad: string;
        whole: string;
        broken: string;
        to: string;
        text: string;
    };
    en: {
        name: string;
        title: string;
        lead: string;
        choose: string;
        unreadable: string;
        good: string;
        bad: string;
        whole: string;
        broken: string;
        to: string;
        text: string;
    };
};
export type Lang = keyof typeof words;
