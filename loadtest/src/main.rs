//! The command line of the load test: arguments in, verdict and exit code out.

use std::io::{self, IsTerminal, Write};
use std::path::Path;
use std::process::ExitCode;

use anyhow::Context;
use clap::Parser;
use loadtest::cli::{Cli, ColorChoice, Command, RunArgs};
use loadtest::interrupt::Interrupt;
use loadtest::progress::Progress;
use loadtest::report::{Outcome, Report, compare, html, json, markdown, text};
use loadtest::slo::Objectives;
use loadtest::target::Production;
use loadtest::terminal::Paint;

/// Wrong usage; the other exit codes are [`Outcome::exit_code`].
const WRONG_USAGE: u8 = 2;

fn main() -> ExitCode {
    let cli = Cli::parse();
    match &cli.command {
        Some(Command::Compare { before, after }) => compare_runs(before, after),
        None => load(&cli.run),
    }
}

fn compare_runs(before: &Path, after: &Path) -> ExitCode {
    let (before, after) = match (json::read(before), json::read(after)) {
        (Ok(before), Ok(after)) => (before, after),
        (Err(error), _) | (_, Err(error)) => return refuse(&error.to_string()),
    };
    let paint = Paint::new(ColorChoice::Auto.use_color(io::stdout().is_terminal()));
    print(io::stdout(), &compare::render(&before, &after, paint));
    ExitCode::SUCCESS
}

fn load(args: &RunArgs) -> ExitCode {
    if let Err(detail) = args.check() {
        return refuse(&detail);
    }
    let objectives = match objectives(args) {
        Ok(objectives) => objectives,
        Err(detail) => return refuse(&detail),
    };
    let code = match run(args, &objectives) {
        Ok(report) => report.verdict.outcome.exit_code(),
        Err(error) if error.is::<Production>() => return refuse(&error.to_string()),
        Err(error) => {
            let paint = Paint::new(args.color.use_color(io::stderr().is_terminal()));
            print(io::stderr(), &format!("{}: {error:#}\n", paint.bad("no run")));
            Outcome::Invalid.exit_code()
        }
    };
    ExitCode::from(code)
}

fn objectives(args: &RunArgs) -> Result<Objectives, String> {
    let Some(path) = &args.slo else {
        return Objectives::builtin().map_err(|error| format!("loadtest/slo.toml: {error}"));
    };
    let text =
        std::fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?;
    Objectives::parse(&text).map_err(|error| format!("{}: {error}", path.display()))
}

fn run(args: &RunArgs, objectives: &Objectives) -> anyhow::Result<Report> {
    silence_goose();
    let interrupt = Interrupt::install().context("cannot take Ctrl-C over")?;
    let progress = Progress::new(args.quiet, args.color);
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .thread_name("load")
        .enable_all()
        .build()
        .context("cannot start the load generator's threads")?;
    let report = runtime.block_on(loadtest::run::run(args, objectives, &interrupt, &progress))?;
    deliver(args, &report)?;
    Ok(report)
}

/// Writes the reports and prints the verdict.
fn deliver(args: &RunArgs, report: &Report) -> anyhow::Result<()> {
    write(&args.report, &html::render(report))?;
    if let Some(file) = &args.summary {
        append(file, &markdown::render(report))?;
    }
    let html = std::path::absolute(&args.report).unwrap_or_else(|_| args.report.clone());
    if args.json == Path::new("-") {
        let paint = Paint::new(args.color.use_color(io::stderr().is_terminal()));
        print(io::stderr(), &text::render(report, paint, Some(&html)));
        print(io::stdout(), &json::render(report));
    } else {
        write(&args.json, &json::render(report))?;
        let paint = Paint::new(args.color.use_color(io::stdout().is_terminal()));
        print(io::stdout(), &text::render(report, paint, Some(&html)));
    }
    Ok(())
}

fn write(path: &Path, text: &str) -> anyhow::Result<()> {
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        std::fs::create_dir_all(folder)
            .with_context(|| format!("cannot make {}", folder.display()))?;
    }
    std::fs::write(path, text).with_context(|| format!("cannot write {}", path.display()))
}

/// Adds to the end of a file, which others write to as well.
fn append(path: &Path, text: &str) -> anyhow::Result<()> {
    let file = std::fs::OpenOptions::new().create(true).append(true).open(path);
    file.and_then(|mut file| file.write_all(text.as_bytes()))
        .with_context(|| format!("cannot write {}", path.display()))
}

fn refuse(detail: &str) -> ExitCode {
    print(
        io::stderr(),
        &format!("error: {}\n\nFor more information, try '--help'.\n", detail.trim_end()),
    );
    ExitCode::from(WRONG_USAGE)
}

fn print(mut out: impl Write, text: &str) {
    // A reader that went away does not change the verdict.
    let _ = out.write_all(text.as_bytes()).and_then(|()| out.flush());
}

/// Goose writes a line to the terminal for every request that fails; here failures are counted by cause and
/// reported at the end. A logger that is there already keeps goose from installing its own.
fn silence_goose() {
    struct Silent;
    impl log::Log for Silent {
        fn enabled(&self, _: &log::Metadata<'_>) -> bool {
            false
        }
        fn log(&self, _: &log::Record<'_>) {}
        fn flush(&self) {}
    }
    // It fails when somebody else's logger is installed, which serves as well.
    let _ = log::set_logger(&Silent);
}
