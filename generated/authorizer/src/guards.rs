// @generated from the contracts in spec/; edits are overwritten.

//! The authorization rules of each operation.

use runtime::{Guarded, Guards, Means, Requirement, Scheme};

/// The security requirements of the contracts.
pub static GUARDS: Guards = Guards {
    schemes: &[
        Scheme::Token {
            name: "login",
            variable: "LOGIN",
            scopes_claim: None,
            leeway_seconds: 60,
        },
    ],
    routes: &[
        Guarded {
            method: "GET",
            resource: "/basket",
            access: &[
                &[
                    Requirement {
                        scheme: "login",
                        means: Means::Token,
                        scopes: &["baskets.all"],
                    },
                ],
            ],
            needs_key: false,
        },
        Guarded {
            method: "HEAD",
            resource: "/basket",
            access: &[
                &[
                    Requirement {
                        scheme: "login",
                        means: Means::Token,
                        scopes: &["baskets.all"],
                    },
                ],
            ],
            needs_key: false,
        },
        Guarded {
            method: "POST",
            resource: "/basket",
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
            method: "GET",
            resource: "/basket/{userName}",
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
            resource: "/basket/{userName}",
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
            method: "DELETE",
            resource: "/basket/{userName}",
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
            resource: "/basket/checkout",
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
            method: "GET",
            resource: "/order",
            access: &[
                &[
                    Requirement {
                        scheme: "login",
                        means: Means::Token,
                        scopes: &["orders.all"],
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
                        scopes: &["orders.all"],
                    },
                ],
            ],
            needs_key: false,
        },
        Guarded {
            method: "GET",
            resource: "/order/{userName}",
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
            resource: "/order/{userName}",
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
            resource: "/product",
            access: &[
                &[
                    Requirement {
                        scheme: "login",
                        means: Means::Token,
                        scopes: &["catalogue.write"],
                    },
                ],
            ],
            needs_key: false,
        },
        Guarded {
            method: "PUT",
            resource: "/product/{id}",
            access: &[
                &[
                    Requirement {
                        scheme: "login",
                        means: Means::Token,
                        scopes: &["catalogue.write"],
                    },
                ],
            ],
            needs_key: false,
        },
        Guarded {
            method: "DELETE",
            resource: "/product/{id}",
            access: &[
                &[
                    Requirement {
                        scheme: "login",
                        means: Means::Token,
                        scopes: &["catalogue.write"],
                    },
                ],
            ],
            needs_key: false,
        },
        Guarded {
            method: "GET",
            resource: "/product/{id}/sales",
            access: &[
                &[
                    Requirement {
                        scheme: "login",
                        means: Means::Token,
                        scopes: &["sales.read"],
                    },
                ],
            ],
            needs_key: false,
        },
        Guarded {
            method: "HEAD",
            resource: "/product/{id}/sales",
            access: &[
                &[
                    Requirement {
                        scheme: "login",
                        means: Means::Token,
                        scopes: &["sales.read"],
                    },
                ],
            ],
            needs_key: false,
        },
    ],
    by_token: true,
};
