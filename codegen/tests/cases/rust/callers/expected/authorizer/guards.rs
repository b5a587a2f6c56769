// @generated from the contracts in spec/; edits are overwritten.

//! The authorization rules of each operation.

use runtime::{Guarded, Guards, KeyPlace, Requirement, Scheme};

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
        Guarded::new(
            &["GET", "HEAD"],
            "/order",
            &[&[Requirement::token("login", &["orders.read", "orders.all"])]],
        ),
        Guarded::new(
                &["GET", "HEAD"],
                "/order/{id}",
                &[
                    &[Requirement::token("login", &[])],
                    &[Requirement::api_key("key", &[])],
                ],
            )
            .with_key(),
        Guarded::new(
                &["DELETE"],
                "/order/{id}",
                &[
                    &[
                        Requirement::token("login", &["orders.write"]),
                        Requirement::api_key("key", &[]),
                    ],
                ],
            )
            .with_key(),
        Guarded::new(
            &["GET", "HEAD"],
            "/offer",
            &[&[Requirement::token("login", &[])], &[]],
        ),
    ],
    by_token: true,
};
