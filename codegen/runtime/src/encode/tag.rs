//! Variants of a union with the property that names them.
//!
//! The union knows which variant it holds, so it writes the property itself, whatever the variant would write.

use super::{Encode, Sink};

/// Writes the object of a variant, with `tag` set to `name`.
pub fn tagged(out: &mut dyn Sink, tag: &str, name: &str, variant: &dyn Encode) {
    variant.encode(&mut TagSink { out, tag, name, depth: 0, skips: false });
}

struct TagSink<'a> {
    out: &'a mut dyn Sink,
    tag: &'a str,
    name: &'a str,
    /// How many lists and objects are open.
    depth: usize,
    /// Whether what comes is the value that the variant has for the property.
    skips: bool,
}

impl TagSink<'_> {
    fn scalar(&mut self, write: impl FnOnce(&mut dyn Sink)) {
        if !self.skips {
            write(self.out);
        }
        self.skips &= self.depth > 1;
    }

    fn end(&mut self, write: impl FnOnce(&mut dyn Sink)) {
        self.depth -= 1;
        self.scalar(write);
    }
}

impl Sink for TagSink<'_> {
    fn null(&mut self) {
        self.scalar(|out| out.null());
    }

    fn boolean(&mut self, value: bool) {
        self.scalar(|out| out.boolean(value));
    }

    fn integer(&mut self, value: i64) {
        self.scalar(|out| out.integer(value));
    }

    fn number(&mut self, text: &str) {
        self.scalar(|out| out.number(text));
    }

    fn text(&mut self, value: &str) {
        self.scalar(|out| out.text(value));
    }

    fn bytes(&mut self, value: &[u8]) {
        self.scalar(|out| out.bytes(value));
    }

    fn begin_list(&mut self) {
        self.depth += 1;
        if !self.skips {
            self.out.begin_list();
        }
    }

    fn end_list(&mut self) {
        self.end(|out| out.end_list());
    }

    fn begin_map(&mut self) {
        self.depth += 1;
        if self.skips {
            return;
        }
        self.out.begin_map();
        if self.depth == 1 {
            self.out.key(self.tag);
            self.out.text(self.name);
        }
    }

    fn key(&mut self, name: &str) {
        if self.skips {
            return;
        }
        if self.depth == 1 && name == self.tag {
            self.skips = true;
        } else {
            self.out.key(name);
        }
    }

    fn end_map(&mut self) {
        self.end(|out| out.end_map());
    }
}
