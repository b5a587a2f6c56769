//! The load test of the shop: `cargo run -p loadtest`. What customers do is generated from `spec/workflows`; the one
//! rule that Arazzo cannot say stands in [`checkout`].

mod checkout;

use std::process::ExitCode;

use harness::System;

/// The shop, whose checkout also adds up.
static SHOP: System = System {
    name: "shop",
    workflows: &[
        &workflows::STOCK,
        &workflows::BROWSE,
        &workflows::FILL,
        &checkout::CHECKOUT,
        &workflows::KEEP,
    ],
    ..workflows::SYSTEM
};

fn main() -> ExitCode {
    harness::Program {
        system: &SHOP,
        workspace: concat!(env!("CARGO_MANIFEST_DIR"), "/.."),
        objectives: include_str!("../slo.toml"),
    }
    .main()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_workflow_of_the_contracts_is_walked_through() {
        let ids = |system: &System| system.workflows.iter().map(|one| one.id).collect::<Vec<_>>();
        assert_eq!(ids(&SHOP), ids(&workflows::SYSTEM));
    }
}
