// @generated from the contracts in spec/; edits are overwritten.

//! The authorization rules of each operation.

use runtime::{Guarded, Guards, Requirement, Scheme};

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
        Guarded::new(
            &["GET", "HEAD"],
            "/basket",
            &[&[Requirement::token("login", &["baskets.all"])]],
        ),
        Guarded::new(&["POST"], "/basket", &[&[Requirement::token("login", &[])]]),
        Guarded::new(
            &["GET", "HEAD"],
            "/basket/{userName}",
            &[&[Requirement::token("login", &[])]],
        ),
        Guarded::new(
            &["DELETE"],
            "/basket/{userName}",
            &[&[Requirement::token("login", &[])]],
        ),
        Guarded::new(
            &["POST"],
            "/basket/checkout",
            &[&[Requirement::token("login", &[])]],
        ),
        Guarded::new(
            &["GET", "HEAD"],
            "/order",
            &[&[Requirement::token("login", &["orders.all"])]],
        ),
        Guarded::new(
            &["GET", "HEAD"],
            "/order/{userName}",
            &[&[Requirement::token("login", &[])]],
        ),
        Guarded::new(
            &["POST"],
            "/product",
            &[&[Requirement::token("login", &["catalogue.write"])]],
        ),
        Guarded::new(
            &["PUT"],
            "/product/{id}",
            &[&[Requirement::token("login", &["catalogue.write"])]],
        ),
        Guarded::new(
            &["DELETE"],
            "/product/{id}",
            &[&[Requirement::token("login", &["catalogue.write"])]],
        ),
        Guarded::new(
            &["GET", "HEAD"],
            "/product/{id}/sales",
            &[&[Requirement::token("login", &["sales.read"])]],
        ),
    ],
    by_token: true,
};
