//! Contracts of any size: how the time and memory of `generate` grow with the number of operations.
//!
//! `cargo bench --profile dev -p codegen --bench synthetic`, or with `-- FOLDER N` only the contracts of `N` operations
//! below `FOLDER`, for another generator to be run on. Figures are processor time, so that they hold on a busy machine.

#![allow(clippy::print_stdout, reason = "a benchmark prints its figures")]

use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;

type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

fn main() -> Result<()> {
    let arguments: Vec<String> =
        std::env::args().skip(1).filter(|a| !a.starts_with("--")).collect();
    // `cargo test --benches` passes `--test`; a benchmark has nothing to assert.
    if std::env::args().any(|argument| argument == "--test") {
        return Ok(());
    }
    if let [folder, n] = arguments.as_slice() {
        return write(Path::new(folder), n.parse()?);
    }
    let base = std::env::temp_dir().join(format!("synthetic-{}", std::process::id()));
    println!(
        "| operations | processor time | for an operation | memory |\n| --- | --- | --- | --- |"
    );
    for n in [100, 200, 500, 1000] {
        let spec = base.join(format!("{n}/spec"));
        write(&spec, n)?;
        let (ms, kib) = measure(&spec, &base.join(n.to_string()))?;
        let each = ms / f64::from(n);
        println!("| {n} | {ms:.0} ms | {each:.2} ms | {} MiB |", kib / 1024);
    }
    std::fs::remove_dir_all(&base)?;
    Ok(())
}

/// The least processor time of three runs, in milliseconds, and the most memory, in KiB, as the shell's `time` and
/// `/proc` tell them. Each run has a folder of its own: where many files were just removed, ext4 is slow to make others.
fn measure(spec: &Path, folder: &Path) -> Result<(f64, u64)> {
    let (mut least, mut most) = (f64::INFINITY, 0);
    for run in 0..3 {
        let mut child = Command::new(env!("CARGO_BIN_EXE_codegen"))
            .args(["generate", "--quiet", "--spec"])
            .arg(spec)
            .arg("--out")
            .arg(folder.join(format!("generated{run}")))
            .spawn()?;
        let (mut ms, mut kib) = (0.0, 0);
        while child.try_wait()?.is_none() {
            let read = |name: &str| std::fs::read_to_string(format!("/proc/{}/{name}", child.id()));
            let nanos =
                read("schedstat").ok().and_then(|told| told.split(' ').next()?.parse().ok());
            ms = nanos.map_or(ms, |nanos: f64| nanos / 1e6);
            kib = read("status").ok().as_deref().and_then(peak).unwrap_or(kib);
            std::thread::sleep(std::time::Duration::from_millis(1));
        }
        if !child.wait()?.success() {
            return Err("the contracts are refused".into());
        }
        (least, most) = (f64::min(least, ms), most.max(kib));
    }
    Ok((least, most))
}

fn peak(status: &str) -> Option<u64> {
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.split_whitespace().next()?.parse().ok()
}

/// The contracts of a service with so many operations, five to a resource.
fn write(spec: &Path, n_operations: u32) -> Result<()> {
    let folder = spec.join("synthetic");
    std::fs::create_dir_all(&folder)?;
    std::fs::write(folder.join("openapi.yaml"), document(n_operations.div_ceil(5)))?;
    Ok(())
}

/// A document with resources each of which refers to the one before.
fn document(n_resources: u32) -> String {
    let mut paths = String::new();
    let mut schemas = String::new();
    for n in 0..n_resources {
        let _ = write!(
            paths,
            "
  /resource{n}:
    get:
      operationId: listResource{n}
      parameters:
        - {{name: limit, in: query, schema: {{type: integer, format: int32, minimum: 1, maximum: 100, default: 25}}}}
        - {{name: state, in: query, schema: {{type: string, enum: [open, done, lost]}}}}
      responses:
        '200': {{description: A page., content: {{application/json: {{schema: {{type: array, maxItems: 100, items: {{$ref: '#/components/schemas/Resource{n}'}}}}}}}}}}
        default: {{$ref: '#/components/responses/Problem'}}
    post:
      operationId: createResource{n}
      requestBody: {{required: true, content: {{application/json: {{schema: {{$ref: '#/components/schemas/Resource{n}'}}}}}}}}
      responses:
        '201': {{description: Created., content: {{application/json: {{schema: {{$ref: '#/components/schemas/Resource{n}'}}}}}}}}
        default: {{$ref: '#/components/responses/Problem'}}
  /resource{n}/{{id}}:
    parameters:
      - {{name: id, in: path, required: true, schema: {{type: string, format: uuid}}}}
    get:
      operationId: getResource{n}
      responses:
        '200': {{description: It., content: {{application/json: {{schema: {{$ref: '#/components/schemas/Resource{n}'}}}}}}}}
        '404': {{$ref: '#/components/responses/Problem'}}
    put:
      operationId: replaceResource{n}
      requestBody: {{required: true, content: {{application/json: {{schema: {{$ref: '#/components/schemas/Resource{n}'}}}}}}}}
      responses:
        '200': {{description: It., content: {{application/json: {{schema: {{$ref: '#/components/schemas/Resource{n}'}}}}}}}}
        '404': {{$ref: '#/components/responses/Problem'}}
    delete:
      operationId: deleteResource{n}
      responses:
        '204': {{description: Gone.}}
        '404': {{$ref: '#/components/responses/Problem'}}"
        );
        let before = match n.checked_sub(1) {
            Some(before) => {
                format!("\n        before: {{$ref: '#/components/schemas/Resource{before}'}}")
            }
            None => String::new(),
        };
        let _ = write!(
            schemas,
            "
    Resource{n}:
      type: object
      description: A resource. It has what most of them have.
      required: [id, name, createdAt]
      properties:
        id: {{type: string, format: uuid}}
        name: {{type: string, minLength: 1, maxLength: 64}}
        state: {{type: string, enum: [open, done, lost]}}
        price: {{type: number, minimum: 0}}
        createdAt: {{type: string, format: date-time}}
        labels: {{type: array, maxItems: 10, items: {{type: string, maxLength: 20}}}}
        address:
          type: object
          required: [street]
          properties: {{street: {{type: string, maxLength: 80}}, zip: {{type: string, pattern: '^[0-9]{{5}}$'}}}}{before}"
        );
    }
    format!(
        "openapi: 3.0.3
info: {{title: Synthetic, version: 1.0.0}}
paths:{paths}
components:
  responses:
    Problem: {{description: Why not., content: {{application/problem+json: {{schema: {{type: object, properties: {{title: {{type: string}}}}}}}}}}}}
  schemas:{schemas}
"
    )
}
