//! Changes of a part of a JSON value.

use serde_json::Value;

/// A change.
#[derive(Debug, Clone, PartialEq)]
pub enum Edit {
    /// The part becomes this; a property that is not there yet is added.
    Set(String, Value),
    /// The part is gone.
    Remove(String),
}

impl Edit {
    /// Makes the change. Nothing happens where the part's place is not there.
    pub fn apply(&self, value: &mut Value) {
        match self {
            Self::Set(pointer, new) => {
                if let Some(old) = value.pointer_mut(pointer) {
                    old.clone_from(new);
                } else if let Some((place, key)) = pointer.rsplit_once('/')
                    && let Some(Value::Object(object)) = value.pointer_mut(place)
                {
                    object.insert(scalars::pointer::unescape(key), new.clone());
                }
            }
            Self::Remove(pointer) => {
                if let Some((place, key)) = pointer.rsplit_once('/')
                    && let Some(Value::Object(object)) = value.pointer_mut(place)
                {
                    object.remove(&scalars::pointer::unescape(key));
                }
            }
        }
    }
}

/// A key as a part of a JSON Pointer (RFC 6901), with the slash before it.
#[must_use]
pub fn pointer_part(key: &str) -> String {
    format!("/{}", scalars::pointer::escape(key))
}

/// The part of a value at a pointer.
#[must_use]
pub fn at_pointer<'v>(value: &'v Value, pointer: &str) -> Option<&'v Value> {
    value.pointer(pointer)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[track_caller]
    fn check(edit: &Edit, before: Value, after: &Value) {
        let mut value = before;
        edit.apply(&mut value);
        assert_eq!(value, *after);
    }

    #[test]
    fn parts_are_set_and_removed() {
        let set = |pointer: &str, value| Edit::Set(pointer.to_owned(), value);
        check(&set("/a/0", json!(2)), json!({"a": [1]}), &json!({"a": [2]}));
        check(&set("/a~1b", json!(2)), json!({}), &json!({"a/b": 2}));
        check(&set("", json!(2)), json!({}), &json!(2));
        check(&set("/x/y", json!(2)), json!({}), &json!({}));
        check(&Edit::Remove("/a".to_owned()), json!({"a": 1, "b": 2}), &json!({"b": 2}));
        check(&Edit::Remove("/a/b".to_owned()), json!({"a": 1}), &json!({"a": 1}));
        assert_eq!(pointer_part("a/~b"), "/a~1~0b");
    }
}
