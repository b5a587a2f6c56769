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
            resource: "/order",
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
            resource: "/order",
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
            method: "PUT",
            resource: "/order",
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
            resource: "/order/{customer}",
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
            resource: "/order/{customer}",
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
            resource: "/order/{customer}/{id}",
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
            resource: "/order/{customer}/note",
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
            resource: "/customer/{customer}/address",
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
            resource: "/customer/{customer}/card/{number}",
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
            resource: "/wish",
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
            resource: "/wish/form",
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
            resource: "/wish/file",
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
            resource: "/wish/any",
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
            resource: "/wish/all",
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
            resource: "/wish/all",
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
            resource: "/wish/all",
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
    ],
    by_token: true,
};
