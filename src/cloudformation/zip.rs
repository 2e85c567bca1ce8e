//! One archive of the files, byte for byte the same for the same files: no clock, no owner, one compressor.

use std::io::Write;

use miniz_oxide::deflate::compress_to_vec;
use rawzip::time::UtcDateTime;
use rawzip::{CompressionMethod, DataDescriptorOutput, Error, ZipArchiveWriter, crc32};

use super::File;

/// Effort from 0 to 10; above 6 templates hardly shrink any further.
const LEVEL: u8 = 6;

/// The files as one zip archive.
pub fn zip(files: &[File]) -> Vec<u8> {
    // Memory takes every byte, and paths are far shorter than the 65,535 bytes of the format.
    write(files).unwrap_or_default()
}

fn write(files: &[File]) -> Result<Vec<u8>, Error> {
    let mut archive = ZipArchiveWriter::new(Vec::new());
    for file in files {
        let mode = if file.executable { 0o755 } else { 0o644 };
        let entry = archive
            .new_file(file.path.as_str())
            .compression_method(CompressionMethod::DEFLATE)
            .unix_permissions(0o100_000 | mode);
        // The first day that the format knows.
        let entry = match UtcDateTime::from_components(1980, 1, 1, 0, 0, 0, 0) {
            Some(day) => entry.last_modified(day),
            None => entry,
        };
        let (mut entry, _) = entry.start()?;
        let bytes = file.text.as_bytes();
        entry.write_all(&compress_to_vec(bytes, LEVEL))?;
        entry.finish(DataDescriptorOutput::new(crc32(bytes), bytes.len() as u64))?;
    }
    archive.finish()
}
