// @generated from the contracts in spec/; edits are overwritten.

//! The authorization rules of each operation.

use runtime::{Guarded, Guards, KeyPlace, Requirement, Scheme};

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
        Guarded::new(
            &["POST"],
            "/parcel",
            &[&[Requirement::token("login", &["parcels.register"])]],
        ),
        Guarded::new(
            &["GET", "HEAD"],
            "/parcel/{id}",
            &[&[Requirement::token("login", &[])]],
        ),
        Guarded::new(
                &["POST"],
                "/parcel/{id}/scan",
                &[
                    &[Requirement::token("login", &["parcels.scan"])],
                    &[Requirement::api_key("scanner", &[])],
                ],
            )
            .with_key(),
    ],
    by_token: true,
};
