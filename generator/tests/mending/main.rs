//! Defects seeded into a document: each is reported on its line, and the overlay that a run writes mends it.

#![allow(clippy::unwrap_used, reason = "what cannot be read fails the test")]
#![allow(clippy::print_stdout, reason = "the counts are shown by `--nocapture`")]

mod bases;
mod seeds;

use bases::{BASES, Base, Files, SOUND};
use generator::unstable::Stages;
use generator::{Input, Options, OverlayText, Strictness};
use seeds::{SEEDS, Seed};

/// Generates strictly.
fn run(text: &str, overlays: &[OverlayText]) -> Stages {
    let mut options = Options::new("pets");
    options.strictness = Strictness::Strict;
    let input = Input {
        name: "openapi.yaml",
        text,
        overlays,
    };
    Stages::of(&input, &options)
}

fn found(stages: &Stages) -> Vec<serde_json::Value> {
    let diagnostics = stages.run.diagnostics.iter();
    diagnostics
        .map(|each| serde_json::from_str(&each.render_json(&stages.run.sources)).unwrap())
        .collect()
}

/// A document with a defect.
struct Seeded {
    files: Files,
    /// The file and the line that are reported.
    place: (&'static str, u64),
}

/// Seeds a defect into a document; `None` if what it takes the place of is not there.
fn seeded(base: &Base, seed: &Seed) -> Option<Seeded> {
    let (sound, defect) = (base.written(seed.sound), base.written(seed.defect));
    let mut files: Vec<(&'static str, String)> = base
        .files
        .iter()
        .map(|(name, text)| (*name, (*text).to_owned()))
        .collect();
    let (name, text) = files.iter_mut().find(|(_, text)| text.contains(&sound))?;
    let marked = text.replacen(&sound, &defect, 1);
    let line = marked.lines().position(|line| line.contains('@'));
    // A parameter that is missing has no line of its own: the operation is reported.
    let line = line.or_else(|| marked.lines().position(|line| line == "    get:"))?;
    *text = marked.replace('@', "");
    let place = (*name, line as u64 + 1);
    Some(Seeded {
        files: Files(files),
        place,
    })
}

impl Seeded {
    /// Generates strictly.
    fn run(&self, overlays: &[OverlayText]) -> Stages {
        let mut options = Options::new("pets");
        options.strictness = Strictness::Strict;
        let input = Input {
            name: "openapi.yaml",
            text: &self.files.0[0].1,
            overlays,
        };
        match self.files.0.len() {
            1 => Stages::of(&input, &options),
            _ => Stages::with(&input, &options, Some(&self.files)),
        }
    }

    /// Returns whether the overlay that is written makes the run succeed; `None` if there is none.
    fn is_mended(&self, stages: &Stages) -> Option<bool> {
        let overlay = OverlayText {
            name: "mended.yaml".to_owned(),
            text: stages.mending().overlay?,
        };
        let again = self.run(std::slice::from_ref(&overlay));
        Some(again.run.output.is_some())
    }
}

#[test]
fn the_documents_have_no_fault() {
    for base in &BASES {
        let files = base.files.iter().map(|(name, text)| (*name, (*text).to_owned()));
        let sound = Seeded {
            files: Files(files.collect()),
            place: ("", 0),
        };
        assert_eq!(found(&sound.run(&[])), Vec::<serde_json::Value>::new(), "{}", base.name);
    }
}

/// Each base has at least 40 defects. All are reported on their line, and of the overlays that are written, at least four
/// of five make the run succeed.
#[test]
fn defects_are_reported_on_their_line_and_mended_by_the_overlay() {
    let (mut misplaced, mut counts) = (Vec::new(), Vec::new());
    for base in &BASES {
        let (mut all, mut with_overlay, mut unmended) = (0, 0, Vec::new());
        for seed in SEEDS.iter().filter(|seed| !base.without.contains(&seed.code)) {
            let Some(document) = seeded(base, seed) else { continue };
            all += 1;
            let stages = document.run(&[]);
            let reported = found(&stages);
            let (file, line) = document.place;
            let is_reported =
                |each: &serde_json::Value| each["code"] == seed.code && each["line"] == line && each["file"] == file;
            if !reported.iter().any(is_reported) {
                misplaced.push(format!(
                    "{}: {} at {file}:{line}: {} → {reported:#?}",
                    base.name, seed.code, seed.defect
                ));
            }
            if let Some(is_mended) = document.is_mended(&stages) {
                with_overlay += 1;
                if !is_mended {
                    unmended.push((seed.code, seed.defect));
                }
            }
        }
        counts.push((base.name, all, with_overlay, unmended));
    }
    for (name, all, with_overlay, unmended) in &counts {
        println!(
            "{name}: {all} defects, {with_overlay} overlays, {} do not mend: {unmended:?}",
            unmended.len()
        );
    }
    assert!(misplaced.is_empty(), "{}", misplaced.join("\n"));
    for (name, all, with_overlay, unmended) in counts {
        assert!(all >= 40, "{name} has {all} defects");
        assert!(
            unmended.len() * 5 <= with_overlay,
            "{name}: {unmended:?} of {with_overlay}"
        );
    }
}

/// Runs a document, mends it, and runs it again: returns what is still found, with the overlay.
fn mended(text: &str) -> (Vec<serde_json::Value>, String) {
    let overlay = OverlayText {
        name: "mended.yaml".to_owned(),
        text: run(text, &[]).mending().overlay.unwrap(),
    };
    (found(&run(text, std::slice::from_ref(&overlay))), overlay.text)
}

/// What one action changes, the others still find.
#[test]
fn many_defects_are_mended_together() {
    let text = SOUND
        .replace("  /pets/{id}:\n", "  pets/{id}:\n")
        .replace(
            "operationId: putPet",
            "operationId: putPet\n      depricated: true\n      x-safe: maybe",
        )
        .replace(
            "      - {name: limit, in: query, schema: {type: integer}}\n",
            "      - {name: a, in: path, required: true, schema: {type: string}}\n      \
             - {name: limit, in: query, schema: {type: integer, minimun: 1}}\n      \
             - {name: b, in: path, required: true, schema: {type: string}}\n",
        )
        .replace(
            "        age: {type: integer}\n",
            "        age: {type: int, multipleOf: '2'}\n",
        )
        .replace(
            "#/components/schemas/Cat'\n      disc",
            "#/components/schemas/Cats'\n      disc",
        )
        .replace("size: {enum: [1, 2]", "size: {enum: [a, 1, b]")
        .replace("tag: {type: string", "tag: {enum: [1, 2], type: string");
    let (found, overlay) = mended(&text);
    assert!(found.is_empty(), "{overlay}{found:#?}");
}

/// A document of Swagger 2.0 is mended by its own words.
#[test]
fn swagger_is_mended_in_its_own_form() {
    const PETS: &str = "\
swagger: '2.0'
info: {title: Pets, version: 1.0.0}
host: pets.example
schemes: [https]
security: [{login: []}]
paths:
  /pets/{id}:
    get:
      operationId: getPet
      responses:
        '200': {description: The pet., schema: {$ref: '#/definitions/Pett'}}
        '404': {description: None., schema: {$ref: '#/definitions/Failure'}}
definitions:
  Pet: {type: object, properties: {age: {type: integer, minimun: 1}}}
";
    let (found, overlay) = mended(PETS);
    assert!(found.is_empty(), "{overlay}{found:#?}");
    for words in [
        "securityDefinitions: {login: {type: basic}}",
        "#/definitions/Pet\"",
        "Failure: {}",
    ] {
        assert!(overlay.contains(words), "{overlay}");
    }
}
