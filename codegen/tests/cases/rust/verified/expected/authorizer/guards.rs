// @generated from the contracts in spec/; edits are overwritten.

//! The authorization rules of each operation.

use runtime::{Guarded, Guards, KeyPlace, Means, Requirement, Scheme};

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
        Scheme::ApiKey {
            name: "app",
            place: KeyPlace::Header,
            key: "X-App-Id",
        },
        Scheme::OwnKey {
            name: "till",
            place: KeyPlace::Header,
            key: "X-Till",
        },
        Scheme::Certificate {
            name: "partnerBank",
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
        Guarded {
            method: "POST",
            resource: "/orders",
            access: &[
                &[
                    Requirement {
                        scheme: "app",
                        means: Means::ApiKey,
                        scopes: &[],
                    },
                    Requirement {
                        scheme: "till",
                        means: Means::Own,
                        scopes: &[],
                    },
                ],
            ],
            needs_key: true,
        },
        Guarded {
            method: "PUT",
            resource: "/orders",
            access: &[
                &[
                    Requirement {
                        scheme: "partnerBank",
                        means: Means::Own,
                        scopes: &[],
                    },
                    Requirement {
                        scheme: "staff",
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
