//! The load test of the shop: `cargo run -p loadtest`. All of it but the scenarios is in `harness`.

mod shop;

use std::process::ExitCode;

fn main() -> ExitCode {
    harness::Program {
        system: &shop::SYSTEM,
        workspace: concat!(env!("CARGO_MANIFEST_DIR"), "/.."),
        objectives: include_str!("../slo.toml"),
    }
    .main()
}
