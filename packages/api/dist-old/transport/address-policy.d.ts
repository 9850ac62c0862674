/** Decides where this installation may connect, for one port at a time. */
export interface AddressPolicy {
    /** Answers whether an address may be dialled on that port. */
    forPort(port: number): Promise<(address: string) => boolean>;
}
interface AddressPolicyOptions {
    /** Whether loopback and private networks are allowed: where most companies' own servers are. */
    readonly allowsPrivate: boolean;
    /** A service of our own that is no mail server, such as the database: never dialled. */
    readonly ownServices: readonly {
        readonly host: string;
        readonly port: number;
    }[];
}
/** What an installation's settings allow; {@link isDialable} holds under every one of them. */
export declare function createAddressPolicy({ allowsPrivate, ownServices, }: AddressPolicyOptions): AddressPolicy;
/** Whether an IP address may be dialled at all. IPv4-mapped IPv6 addresses count as the IPv4 ones that they reach. */
export declare function isDialable(address: string): boolean;
export {};
