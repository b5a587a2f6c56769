// @generated from the contracts in spec/; edits are overwritten.

//! The authorization rules of each operation.

use runtime::{Guarded, Guards, KeyPlace, Means, Requirement, Scheme};

/// The security requirements of the contracts.
pub static GUARDS: Guards = Guards {
    schemes: &[
        Scheme::Token {
            name: "login",
            variable: "LOGIN",
            scopes_claim: None,
            leeway_seconds: 60,
        },
        Scheme::ApiKey {
            name: "scanner",
            place: KeyPlace::Header,
            key: "X-Scanner-Key",
        },
    ],
    routes: &[
        Guarded {
            method: "POST",
            resource: "/parcel",
            access: &[
                &[
                    Requirement {
                        scheme: "login",
                        means: Means::Token,
                        scopes: &["parcels.register"],
                    },
                ],
            ],
            needs_key: false,
        },
        Guarded {
            method: "GET",
            resource: "/parcel/{id}",
            access: &[
                &[
                    Requirement {
                        scheme: "login",
                        means: Means::Token,
                        scopes: &[],
                    },
                ],
            ],
            needs_key: false,
        },
        Guarded {
            method: "HEAD",
            resource: "/parcel/{id}",
            access: &[
                &[
                    Requirement {
                        scheme: "login",
                        means: Means::Token,
                        scopes: &[],
                    },
                ],
            ],
            needs_key: false,
        },
        Guarded {
            method: "POST",
            resource: "/parcel/{id}/scan",
            access: &[
                &[
                    Requirement {
                        scheme: "login",
                        means: Means::Token,
                        scopes: &["parcels.scan"],
                    },
                ],
                &[
                    Requirement {
                        scheme: "scanner",
                        means: Means::ApiKey,
                        scopes: &[],
                    },
                ],
            ],
            needs_key: true,
        },
    ],
    by_token: true,
};
