//! The load test: `cargo run -p parcels-loadtest`. What its users do is generated, from the documents in
//! `spec/workflows`, or while there are none, from the contracts.

use std::process::ExitCode;

fn main() -> ExitCode {
    harness::Program {
        system: &workflows::SYSTEM,
        workspace: concat!(env!("CARGO_MANIFEST_DIR"), "/.."),
        objectives: include_str!("../slo.toml"),
    }
    .main()
}
