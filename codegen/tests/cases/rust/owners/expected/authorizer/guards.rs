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
        Guarded::new(&["GET", "HEAD"], "/order", &[&[Requirement::token("login", &[])]]),
        Guarded::new(&["PUT"], "/order", &[&[Requirement::token("login", &[])]]),
        Guarded::new(
            &["GET", "HEAD"],
            "/order/{customer}",
            &[&[Requirement::token("login", &[])]],
        ),
        Guarded::new(
            &["DELETE"],
            "/order/{customer}/{id}",
            &[&[Requirement::token("login", &[])]],
        ),
        Guarded::new(
            &["POST"],
            "/order/{customer}/note",
            &[&[Requirement::token("login", &[])]],
        ),
        Guarded::new(
            &["POST"],
            "/customer/{customer}/address",
            &[&[Requirement::token("login", &[])]],
        ),
        Guarded::new(
            &["POST"],
            "/customer/{customer}/card/{number}",
            &[&[Requirement::token("login", &[])]],
        ),
        Guarded::new(&["POST"], "/wish", &[&[Requirement::token("login", &[])]]),
        Guarded::new(&["POST"], "/wish/form", &[&[Requirement::token("login", &[])]]),
        Guarded::new(&["POST"], "/wish/file", &[&[Requirement::token("login", &[])]]),
        Guarded::new(&["POST"], "/wish/any", &[&[Requirement::token("login", &[])]]),
        Guarded::new(
            &["GET", "HEAD"],
            "/wish/all",
            &[&[Requirement::token("login", &[])]],
        ),
        Guarded::new(&["DELETE"], "/wish/all", &[&[Requirement::token("login", &[])]]),
    ],
    by_token: true,
};
