//! The help of the program as a whole.

/// What follows the options in the long help.
pub(super) const EXAMPLES: &str = "\
In a checkout of this program's repository, write `cargo run -p codegen --` instead of `codegen`.

Examples:
  codegen
      Generate code in generated/ from the contracts in spec/.

  codegen check
      Validate and lint the contracts, and check that generated/ is up to date. Print a diff where
      it is not. Write nothing. Run this in every pull request.

  codegen check --deny warnings --summary summary.md
      The same, but fail on warnings too, and append a Markdown summary to a file.

  codegen check --format github
      The same, with annotations in a GitHub pull request. Use --format sarif for code scanning.

  codegen diff main
      List what changed since the branch main, and the consumers that each change breaks. BASE can
      also be a tag, a commit or a folder.

  codegen check --base origin/main
      Check a pull request, and fail on changes that break clients, event receivers or stored
      data.

  codegen check --baseline known-findings.txt --write-baseline
  codegen check --baseline known-findings.txt
      Adopt the rules with existing contracts: record the current findings once, then report only
      new ones. Use --prune to remove fixed findings from the file, or --new-only origin/main to
      compare with a branch instead.

  codegen lint --fix
      Fix findings that have exactly one correct form. Comments and order are kept.

  codegen rules
  codegen explain string-unbounded
      List all rules on contracts and changes, or explain one with its reason and an example.

  codegen lint --spec ../somewhere/spec
      Lint contracts in another folder, without generating code.

  codegen package
      Build the functions for size, and write one archive each to target/lambda/, where the
      template expects it.

  codegen deploy dev --bucket artifacts
      Package the functions, then deploy them with the AWS CLI and the settings in
      infra/stages/dev.toml. Use --print to print the commands only.

  codegen --spec examples/parcels/spec --out target/parcels
      Generate code for another system into another folder.

  codegen verify --stage local
      Start a local stage, send requests to every operation, and validate every response against
      the contracts.

Contracts:
  spec/<service>/openapi.yaml     the REST API of a service (OpenAPI 3.0 to 3.2)
  spec/<service>/asyncapi.yaml    the events that it sends and receives (AsyncAPI 3.0 and 3.1)
  spec/workflows/*.arazzo.yaml    what clients do, step by step (Arazzo 1.0 and 1.1)
  spec/schemas/*.yaml             schemas that several services share by $ref
  spec/defaults.yaml              bus, event source and delivery of the whole system
  spec/policy.yaml                levels of rules, and findings to ignore with a reason
  spec/consumers/*.yaml           what each consumer uses of the contracts, for `diff`

Exit codes:
  0  success: the contracts are valid, generated files are up to date, and nothing breaks
  1  the contracts are invalid (nothing is written) or violate a rule of level error,
     generated files are stale, a change breaks a consumer, or an archive exceeds --at-most
  2  wrong usage, a file that cannot be read or written, or a failed build or deployment";
