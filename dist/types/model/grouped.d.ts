/** A whole number with a comma between thousands: `81966` is `81,966`. Loading the platform's own formatter costs 25 ms. */
export declare function grouped(count: number): string;
