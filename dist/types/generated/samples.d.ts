export declare const SAMPLES: {
    hashes: [string, string][];
    values: string[];
};
