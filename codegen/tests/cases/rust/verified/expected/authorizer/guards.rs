// @generated from the contracts in spec/; edits are overwritten.

//! The authorization rules of each operation.

use runtime::{Guarded, Guards, Means, Requirement, Scheme};

/// The security requirements of the contracts.
pub static GUARDS: Guards = Guards {
    schemes: &[
        Scheme::Http {
            name: "staff",
            scheme: "basic",
        },
        Scheme::Http {
            name: "partner",
            scheme: "hoba",
        },
    ],
    routes: &[
        Guarded {
            method: "GET",
            resource: "/orders",
            access: &[
                &[
                    Requirement {
                        scheme: "staff",
                        means: Means::Token,
                        scopes: &[],
                    },
                ],
                &[
                    Requirement {
                        scheme: "partner",
                        means: Means::Token,
                        scopes: &[],
                    },
                ],
            ],
            needs_key: false,
        },
        Guarded {
            method: "HEAD",
            resource: "/orders",
            access: &[
                &[
                    Requirement {
                        scheme: "staff",
                        means: Means::Token,
                        scopes: &[],
                    },
                ],
                &[
                    Requirement {
                        scheme: "partner",
                        means: Means::Token,
                        scopes: &[],
                    },
                ],
            ],
            needs_key: false,
        },
    ],
    by_token: false,
};
