//! The load test of the shop by the workflows of `spec/workflows`, without a line of Rust of its own:
//! `cargo run -p loadtest --bin journeys`.

use std::process::ExitCode;

fn main() -> ExitCode {
    harness::Program {
        system: &workflows::SYSTEM,
        workspace: concat!(env!("CARGO_MANIFEST_DIR"), "/.."),
        objectives: include_str!("../../workflows.toml"),
    }
    .main()
}
