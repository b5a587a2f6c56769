// @generated from the contracts in spec/; edits are overwritten.

//! The authorization rules of each operation.

use runtime::{Guarded, Guards, KeyPlace, Means, Requirement, Scheme};

/// The security requirements of the contracts.
pub static GUARDS: Guards = Guards {
    schemes: &[
        Scheme::Token {
            name: "login",
            variable: "LOGIN",
            scopes_claim: Some("permissions"),
            leeway_seconds: 30,
        },
        Scheme::ApiKey {
            name: "key",
            place: KeyPlace::Header,
            key: "X-Key",
        },
    ],
    routes: &[
        Guarded {
            method: "GET",
            resource: "/order",
            access: &[
                &[
                    Requirement {
                        scheme: "login",
                        means: Means::Token,
                        scopes: &["orders.read", "orders.all"],
                    },
                ],
            ],
            needs_key: false,
        },
        Guarded {
            method: "HEAD",
            resource: "/order",
            access: &[
                &[
                    Requirement {
                        scheme: "login",
                        means: Means::Token,
                        scopes: &["orders.read", "orders.all"],
                    },
                ],
            ],
            needs_key: false,
        },
        Guarded {
            method: "GET",
            resource: "/order/{id}",
            access: &[
                &[
                    Requirement {
                        scheme: "login",
                        means: Means::Token,
                        scopes: &[],
                    },
                ],
                &[
                    Requirement {
                        scheme: "key",
                        means: Means::ApiKey,
                        scopes: &[],
                    },
                ],
            ],
            needs_key: true,
        },
        Guarded {
            method: "HEAD",
            resource: "/order/{id}",
            access: &[
                &[
                    Requirement {
                        scheme: "login",
                        means: Means::Token,
                        scopes: &[],
                    },
                ],
                &[
                    Requirement {
                        scheme: "key",
                        means: Means::ApiKey,
                        scopes: &[],
                    },
                ],
            ],
            needs_key: true,
        },
        Guarded {
            method: "DELETE",
            resource: "/order/{id}",
            access: &[
                &[
                    Requirement {
                        scheme: "login",
                        means: Means::Token,
                        scopes: &["orders.write"],
                    },
                    Requirement {
                        scheme: "key",
                        means: Means::ApiKey,
                        scopes: &[],
                    },
                ],
            ],
            needs_key: true,
        },
        Guarded {
            method: "GET",
            resource: "/offer",
            access: &[
                &[
                    Requirement {
                        scheme: "login",
                        means: Means::Token,
                        scopes: &[],
                    },
                ],
                &[],
            ],
            needs_key: false,
        },
        Guarded {
            method: "HEAD",
            resource: "/offer",
            access: &[
                &[
                    Requirement {
                        scheme: "login",
                        means: Means::Token,
                        scopes: &[],
                    },
                ],
                &[],
            ],
            needs_key: false,
        },
    ],
    by_token: true,
};
