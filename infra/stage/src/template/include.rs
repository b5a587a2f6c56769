//! `AWS::Include`: a part of the template that is in a file of its own.
//!
//! Reads files beside the template; one in a bucket is refused, and so is every other macro.

use std::path::Path;

use indexmap::IndexMap;

use super::error::Fault;
use super::syntax::{self, Node, Value};

/// The file that a `Fn::Transform` includes, and what is in it, at the line that includes it: messages name the template.
/// It may hold functions, which are not evaluated here.
pub(super) fn included(argument: &Node, folder: &Path) -> Result<(String, Node), Fault> {
    let fault = |message: String| Fault::new("template", message).at(argument.line);
    let map = argument.as_map();
    let name = name_of(argument).unwrap_or_default();
    if name != INCLUDE {
        let message = format!(
            "`Fn::Transform` uses the macro `{name}`, which runs only in AWS; write the expanded form"
        );
        return Err(fault(message));
    }
    let parameters = map.and_then(|map| map.get("Parameters")).and_then(Node::as_map);
    let location = parameters.and_then(|map| map.get("Location")).and_then(Node::as_str);
    let Some(location) = location.filter(|location| !location.starts_with("s3://")) else {
        let message = "`AWS::Include` refers to a file in S3, which the stage cannot read; use a local file as `Location`";
        return Err(fault(message.to_owned()));
    };
    let path = folder.join(location);
    let node = file(&path).map_err(fault)?;
    // One file, however it is written.
    let path = path.canonicalize().unwrap_or(path);
    Ok((path.display().to_string(), at_line(node, argument.line)))
}

/// The template with what it includes among other keys, and as parts of sections. What alone is a value is included
/// when that is evaluated.
///
/// # Errors
/// Every file that cannot be read or includes itself, and every key that is there twice.
pub(super) fn expand(root: Node, folder: &Path) -> Result<Node, Vec<Fault>> {
    let mut includes = Includes { folder, open: Vec::new(), faults: Vec::new() };
    let line = root.line;
    let Value::Map(mut map) = root.value else { return Ok(root) };
    if let Some(transform) = map.get("Transform")
        && name_of(transform) == Some(INCLUDE)
        && let Some(transform) = map.shift_remove("Transform")
    {
        map.insert(TRANSFORM.to_owned(), transform);
    }
    if let Some(Node { value: Value::List(all), .. }) = map.get_mut("Transform")
        && let Some(at) = all.iter().position(|one| name_of(one) == Some(INCLUDE))
    {
        let transform = all.remove(at);
        map.insert(TRANSFORM.to_owned(), transform);
    }
    let map = includes.merged(map, line, &Around::Template);
    if includes.faults.is_empty() {
        Ok(Node { line, value: Value::Map(map) })
    } else {
        Err(includes.faults)
    }
}

const INCLUDE: &str = "AWS::Include";
const TRANSFORM: &str = "Fn::Transform";

type Map = IndexMap<String, Node>;

/// What a map is: the parts of some are not values, and are needed before anything is evaluated.
enum Around {
    Template,
    /// A section without functions.
    Plain,
    Section,
    Part,
    Value,
}

struct Includes<'f> {
    folder: &'f Path,
    /// The files around a place.
    open: Vec<String>,
    faults: Vec<Fault>,
}

impl Includes<'_> {
    fn node(&mut self, node: Node, around: &Around) -> Node {
        let line = node.line;
        let value = match node.value {
            Value::Map(map) => Value::Map(self.merged(map, line, around)),
            Value::List(items) => {
                Value::List(items.into_iter().map(|item| self.node(item, &Around::Value)).collect())
            }
            other => other,
        };
        Node { line, value }
    }

    fn merged(&mut self, mut map: Map, line: usize, around: &Around) -> Map {
        let n_open = self.open.len();
        // A file may include another one.
        while let Some(argument) = among_keys(&map, around) {
            map.shift_remove(TRANSFORM);
            self.include(&argument, line, &mut map);
        }
        let mut out = Map::with_capacity(map.len());
        for (key, node) in map {
            let inner = match (around, key.as_str()) {
                (Around::Template, "Mappings" | "Parameters") | (Around::Plain, _) => Around::Plain,
                (Around::Template, _) => Around::Section,
                (Around::Section, _) => Around::Part,
                (Around::Part, "Properties") => Around::Part,
                _ => Around::Value,
            };
            let node = self.node(node, &inner);
            out.insert(key, node);
        }
        self.open.truncate(n_open);
        out
    }

    /// Adds the keys of a file, which is open from now on, to a map.
    fn include(&mut self, argument: &Node, line: usize, map: &mut Map) {
        let fault = |message: String| Fault::new("template", message).at(line);
        let (path, node) = match included(argument, self.folder) {
            Ok(found) => found,
            Err(fault) => {
                self.faults.push(fault);
                return;
            }
        };
        let Value::Map(keys) = node.value else {
            self.faults.push(fault(format!("`{path}` must be a map to be included among keys")));
            return;
        };
        if self.open.contains(&path) {
            self.faults.push(fault(format!("`{path}` refers to itself")));
            return;
        }
        self.open.push(path);
        for (key, node) in keys {
            if map.contains_key(&key) {
                self.faults.push(fault(format!("`{key}` is there already, and is included, too")));
            }
            map.insert(key, node);
        }
    }
}

/// What a map includes, unless it is a value of its own or uses another macro as one.
fn among_keys(map: &Map, around: &Around) -> Option<Node> {
    let argument = map.get(TRANSFORM)?;
    let is_value = matches!(around, Around::Value);
    let is_included = !is_value || (map.len() > 1 && name_of(argument) == Some(INCLUDE));
    is_included.then(|| argument.clone())
}

fn name_of(transform: &Node) -> Option<&str> {
    transform.as_map()?.get("Name")?.as_str()
}

/// A document all of whose nodes are at one line: that of the template which names its file.
pub(super) fn at_line(node: Node, line: usize) -> Node {
    let value = match node.value {
        Value::Map(map) => {
            Value::Map(map.into_iter().map(|(key, node)| (key, at_line(node, line))).collect())
        }
        Value::List(items) => {
            Value::List(items.into_iter().map(|node| at_line(node, line)).collect())
        }
        other => other,
    };
    Node { line, value }
}

/// The document in a file.
///
/// # Errors
/// Why there is none, in words that begin with the file.
pub(super) fn file(path: &Path) -> Result<Node, String> {
    let text = crate::given::text(path)
        .map_err(|error| format!("`{}` cannot be read: {error}", path.display()))?;
    syntax::parse(&text).map_err(|fault| match fault.line {
        Some(line) => format!("`{}:{line}`: {}", path.display(), fault.message),
        None => format!("`{}`: {}", path.display(), fault.message),
    })
}
