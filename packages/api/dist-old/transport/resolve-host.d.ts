/** A host after its one look-up: the addresses checked here are the addresses dialled. */
export interface ResolvedHost {
    /** What the certificate must name: the ASCII name without a final dot, or the address itself. */
    readonly name: string;
    readonly isAddress: boolean;
    /** In the resolver's order; never empty, none of them forbidden. */
    readonly addresses: readonly string[];
}
/** How names become addresses; the operating system's way unless a test says otherwise. */
export type Lookup = (name: string) => Promise<readonly {
    readonly address: string;
}[]>;
/**
 * Looks a host up, once, and drops the addresses that the policy forbids, so that a name that answers
 * differently the second time (DNS rebinding) leads nowhere. Throws {@link TransportError}
 * NAME_NOT_FOUND, RESOLVE_FAILED or ADDRESS_FORBIDDEN.
 */
export declare function resolveHost(host: string, find?: Lookup, isAllowed?: (address: string) => boolean): Promise<ResolvedHost>;
