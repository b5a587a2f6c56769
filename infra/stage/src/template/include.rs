//! `AWS::Include`: a part of the template that is in a file of its own.
//!
//! Reads files beside the template; one in a bucket is refused, and so is every other macro.

use std::path::Path;

use super::error::Fault;
use super::syntax::{self, Node, Value};

/// The file that a `Fn::Transform` includes, and what is in it, at the line that includes it: messages name the template.
/// It may hold functions, which are not evaluated here.
pub(super) fn included(argument: &Node, folder: &Path) -> Result<(String, Node), Fault> {
    let fault = |message: String| Fault::new("template", message).at(argument.line);
    let map = argument.as_map();
    let name = map.and_then(|map| map.get("Name")).and_then(Node::as_str).unwrap_or_default();
    if name != "AWS::Include" {
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
    let text = std::fs::read_to_string(path)
        .map_err(|error| format!("`{}` cannot be read: {error}", path.display()))?;
    syntax::parse(&text).map_err(|fault| match fault.line {
        Some(line) => format!("`{}:{line}`: {}", path.display(), fault.message),
        None => format!("`{}`: {}", path.display(), fault.message),
    })
}
