//! An archive with one program in it, always the same bytes for the same program.
//!
//! **Source** PKWARE's APPNOTE, sections 4.3.7 (local file header), 4.3.12 (central directory), 4.3.16 (its end). Only
//! what one deflated file below 4 GiB needs.

use std::io::{Error, ErrorKind, Result, Write as _};

use flate2::write::DeflateEncoder;
use flate2::{Compression, Crc};

/// Version 2.0 of the format, which knows deflate.
const VERSION: u16 = 20;

/// The maker's system is Unix, so that the mode below counts.
const MADE_BY: u16 = 3 << 8 | VERSION;

const DEFLATED: u16 = 8;

/// The first of January 1980, the earliest that the format knows.
const DATE: u16 = 1 << 5 | 1;

/// A plain file that everybody may run.
const MODE: u32 = 0o100_755;

/// The archive that holds `program` under `name`.
pub(super) fn archive(name: &str, program: &[u8]) -> Result<Vec<u8>> {
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(program)?;
    let deflated = encoder.finish()?;
    let mut crc = Crc::new();
    crc.update(program);
    let name_bytes = u16::try_from(name.len()).map_err(|_| too_large("the name"))?;
    let described = Described {
        crc: crc.sum(),
        n_deflated: size(&deflated)?,
        n_bytes: size(program)?,
        name_bytes,
    };

    let mut archive = Vec::with_capacity(deflated.len() + 128);
    archive.extend(0x0403_4b50_u32.to_le_bytes());
    described.write(&mut archive);
    archive.extend(0_u16.to_le_bytes()); // No extra field.
    archive.extend(name.as_bytes());
    archive.extend(deflated);

    let directory_at = size(&archive)?;
    archive.extend(0x0201_4b50_u32.to_le_bytes());
    archive.extend(MADE_BY.to_le_bytes());
    described.write(&mut archive);
    // No extra field, no comment, the first disk, no internal attributes.
    archive.extend([0; 8]);
    archive.extend((MODE << 16).to_le_bytes());
    archive.extend(0_u32.to_le_bytes()); // Where the local header is.
    archive.extend(name.as_bytes());

    let directory_bytes = size(&archive)? - directory_at;
    archive.extend(0x0605_4b50_u32.to_le_bytes());
    archive.extend([0; 4]); // The first disk is the only one.
    archive.extend(1_u16.to_le_bytes());
    archive.extend(1_u16.to_le_bytes());
    archive.extend(directory_bytes.to_le_bytes());
    archive.extend(directory_at.to_le_bytes());
    archive.extend(0_u16.to_le_bytes()); // No comment.
    Ok(archive)
}

/// What both headers say of the file.
struct Described {
    crc: u32,
    n_deflated: u32,
    n_bytes: u32,
    name_bytes: u16,
}

impl Described {
    fn write(&self, archive: &mut Vec<u8>) {
        archive.extend(VERSION.to_le_bytes());
        archive.extend(0_u16.to_le_bytes()); // No flags.
        archive.extend(DEFLATED.to_le_bytes());
        archive.extend(0_u16.to_le_bytes()); // Midnight.
        archive.extend(DATE.to_le_bytes());
        archive.extend(self.crc.to_le_bytes());
        archive.extend(self.n_deflated.to_le_bytes());
        archive.extend(self.n_bytes.to_le_bytes());
        archive.extend(self.name_bytes.to_le_bytes());
    }
}

fn size(bytes: &[u8]) -> Result<u32> {
    u32::try_from(bytes.len()).map_err(|_| too_large("a program of 4 GiB"))
}

fn too_large(what: &str) -> Error {
    Error::new(ErrorKind::InvalidInput, format!("{what} does not fit into a ZIP archive"))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]

    use std::io::Read as _;

    use flate2::read::DeflateDecoder;

    use super::*;

    /// Reads a number of `N` bytes.
    fn number<const N: usize>(bytes: &[u8], at: usize) -> usize {
        bytes[at..at + N].iter().rev().fold(0, |number, byte| number << 8 | usize::from(*byte))
    }

    #[test]
    fn a_reader_that_begins_at_the_end_finds_the_program_and_its_mode() {
        let program: Vec<u8> = (0..100_000_u32).flat_map(|n| (n / 7).to_le_bytes()).collect();
        let bytes = archive("bootstrap", &program).unwrap();
        let end = bytes.len() - 22;
        assert_eq!(&bytes[end..end + 4], b"PK\x05\x06");
        assert_eq!((number::<2>(&bytes, end + 8), number::<2>(&bytes, end + 10)), (1, 1));
        let directory = number::<4>(&bytes, end + 16);
        assert_eq!(directory + number::<4>(&bytes, end + 12), end);
        assert_eq!(&bytes[directory..directory + 4], b"PK\x01\x02");
        assert_eq!(number::<4>(&bytes, directory + 38) >> 16, 0o100_755);
        assert_eq!(number::<4>(&bytes, directory + 42), 0);
        assert_eq!(&bytes[directory + 46..end], b"bootstrap");

        assert_eq!(&bytes[..4], b"PK\x03\x04");
        // What the headers say of the file is the same from the version on to the name's length.
        assert_eq!(bytes[4..28], bytes[directory + 6..directory + 30]);
        assert_eq!(number::<4>(&bytes, 22), program.len());
        let data = 30 + number::<2>(&bytes, 26);
        assert_eq!(data + number::<4>(&bytes, 18), directory);
        let mut found = Vec::new();
        DeflateDecoder::new(&bytes[data..directory]).read_to_end(&mut found).unwrap();
        assert_eq!(found, program);
        let mut crc = Crc::new();
        crc.update(&program);
        assert_eq!(number::<4>(&bytes, 14), crc.sum() as usize);
    }

    #[test]
    fn the_same_program_is_the_same_archive() {
        assert_eq!(archive("bootstrap", b"one").unwrap(), archive("bootstrap", b"one").unwrap());
        assert_ne!(archive("bootstrap", b"one").unwrap(), archive("bootstrap", b"two").unwrap());
    }
}
