//! Whether a binary runs on Lambda's `provided.al2023`: the right machine, and no newer C library than is there.
//!
//! Reads the little of a binary that tells; it is no linker and follows no table. A binary that asks for a newer C
//! library ends at its first instruction, and nothing but an invocation would show it.

use std::fmt;

use crate::model::Architecture;

/// The C library of Amazon Linux 2023: 2.34.
const MINOR: u32 = 34;

/// Why a binary would not run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum BinaryFault {
    /// It is no program for Linux.
    NoProgram,
    /// It is for another machine.
    Machine(Architecture),
    /// It asks for a newer C library, of this minor version.
    Library(u32),
}

impl fmt::Display for BinaryFault {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoProgram => write!(
                out,
                "it is not a 64-bit Linux program; package on Linux, or cross-compile with cargo-zigbuild"
            ),
            Self::Machine(wanted) => {
                write!(out, "it is not built for {}", super::name(*wanted))
            }
            Self::Library(minor) => write!(
                out,
                "it needs glibc 2.{minor}, but Amazon Linux 2023 has 2.{MINOR}; build on a system with an older glibc (such as \
         Debian 12), or install zig and cargo-zigbuild, which are then used: \
         `pip install ziglang && cargo install cargo-zigbuild`"
            ),
        }
    }
}

/// Looks at a binary.
pub(super) fn check(binary: &[u8], wanted: Architecture) -> Result<(), BinaryFault> {
    // Magic, 64-bit, little-endian; the machine stands at 18.
    let machine = match binary {
        [0x7f, b'E', b'L', b'F', 2, 1, ..] => binary.get(18..20),
        _ => None,
    };
    let is_right = match machine {
        Some([62, 0]) => wanted == Architecture::X86_64,
        Some([183, 0]) => wanted == Architecture::Arm64,
        _ => return Err(BinaryFault::NoProgram),
    };
    if !is_right {
        return Err(BinaryFault::Machine(wanted));
    }
    match newest_library(binary) {
        Some(minor) if minor > MINOR => Err(BinaryFault::Library(minor)),
        _ => Ok(()),
    }
}

/// The newest `GLIBC_2.<minor>` among the names of versions, which stand in the binary as text that ends in a zero.
fn newest_library(binary: &[u8]) -> Option<u32> {
    const MARK: &[u8] = b"GLIBC_2.";
    let mut newest = None;
    let mut rest = binary;
    while let Some(at) = rest.windows(MARK.len()).position(|window| window == MARK) {
        rest = &rest[at + MARK.len()..];
        let n_digits = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
        // `GLIBC_2.2.5` has a third number, which is of the oldest.
        if matches!(rest.get(n_digits), Some(0 | b'.')) {
            let minor = std::str::from_utf8(&rest[..n_digits]).ok().and_then(|n| n.parse().ok());
            newest = newest.max(minor);
        }
    }
    newest
}

#[cfg(test)]
mod tests {
    use super::*;

    fn binary(machine: u8, names: &[u8]) -> Vec<u8> {
        let mut bytes = vec![0x7f, b'E', b'L', b'F', 2, 1, 1];
        bytes.resize(18, 0);
        bytes.extend([machine, 0, 0]);
        bytes.extend(names);
        bytes
    }

    #[test]
    fn the_machine_must_be_the_one_that_is_packaged_for() {
        assert_eq!(check(&binary(62, b""), Architecture::X86_64), Ok(()));
        assert_eq!(check(&binary(183, b""), Architecture::Arm64), Ok(()));
        let wrong = Err(BinaryFault::Machine(Architecture::Arm64));
        assert_eq!(check(&binary(62, b""), Architecture::Arm64), wrong);
        for nothing in [&b""[..], b"\x7fELF", b"#!/bin/sh\n", &binary(40, b"")] {
            assert_eq!(check(nothing, Architecture::X86_64), Err(BinaryFault::NoProgram));
        }
    }

    #[test]
    fn a_newer_c_library_is_told() {
        let check = |names: &[u8]| check(&binary(62, names), Architecture::X86_64);
        assert_eq!(check(b"GLIBC_2.2.5\0GLIBC_2.34\0GLIBC_2.9\0"), Ok(()));
        assert_eq!(check(b"GLIBC_2.34\0GLIBC_2.39\0GLIBC_2.4\0"), Err(BinaryFault::Library(39)));
        assert_eq!(check(b"a text about GLIBC_2.99 and GLIBC_2.\0GLIBC_2."), Ok(()));
        let told = BinaryFault::Library(39).to_string();
        assert!(told.contains("2.39") && told.contains("cargo-zigbuild"), "{told}");
    }
}
