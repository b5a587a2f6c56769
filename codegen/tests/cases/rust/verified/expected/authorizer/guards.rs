// @generated from the contracts in spec/; edits are overwritten.

//! The authorization rules of each operation.

use runtime::{Guarded, Guards, KeyPlace, Requirement, Scheme};

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
        Guarded::new(
            &["GET", "HEAD"],
            "/orders",
            &[&[Requirement::token("staff", &[])], &[Requirement::token("partner", &[])]],
        ),
        Guarded::new(
                &["POST"],
                "/orders",
                &[&[Requirement::api_key("app", &[]), Requirement::own("till", &[])]],
            )
            .with_key(),
        Guarded::new(
            &["PUT"],
            "/orders",
            &[&[Requirement::own("partnerBank", &[]), Requirement::token("staff", &[])]],
        ),
    ],
    by_token: false,
};
