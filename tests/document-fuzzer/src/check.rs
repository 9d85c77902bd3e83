//! What has to hold for every input, whatever is wrong with its document.

use generator::unstable::Stages;
use generator::{Input as Texts, Output, OverlayText};

use crate::identifiers;
use crate::input::Input;

/// Runs the generator on an input, and returns how many operations it emitted; `None` where it refused the document.
///
/// # Errors
///
/// What is wrong with the output, in a line that starts with the kind of the fault.
pub fn check(input: &Input) -> Result<Option<usize>, String> {
    let overlays = input.overlays.iter().enumerate();
    let overlays: Vec<OverlayText> = overlays
        .map(|(index, text)| OverlayText {
            name: format!("overlay-{index}.yaml"),
            text: text.clone(),
        })
        .collect();
    let texts = Texts {
        name: &input.name,
        text: &input.document,
        overlays: &overlays,
    };
    let Stages {
        run,
        document,
        normalised,
        ..
    } = Stages::of(&texts, &input.options());
    for diagnostic in run.diagnostics.iter() {
        // Rendering locates the diagnostic in its text.
        let _ = diagnostic.render(&run.sources);
        let line = diagnostic.render_json(&run.sources);
        if serde_json::from_str::<serde_json::Value>(&line).is_err() {
            return Err(format!("diagnostic is no JSON: {}", diagnostic.code));
        }
    }
    if run.output.is_none() && !run.diagnostics.has_errors() {
        return Err("refused without an error: nothing says why".to_owned());
    }
    for document in [document, normalised].into_iter().flatten() {
        // What `--dump` prints.
        let _ = document.to_json();
    }
    let Some(output) = run.output else { return Ok(None) };
    files(&output)?;
    let _ = output.ledger.to_tsv();
    Ok(Some(output.operations))
}

/// Holds that each file is of its language, and that no name stands for two items.
fn files(output: &Output) -> Result<(), String> {
    for (path, text) in &output.files {
        if path == "Cargo.toml" {
            text.parse::<toml::Table>()
                .map_err(|error| format!("manifest does not parse: {error}"))?;
        }
        if path.strip_suffix(".rs").is_none() {
            continue;
        }
        // The runtime is copied as it is, and compiled by its own tests.
        if path.starts_with("src/runtime/") {
            continue;
        }
        let file = syn::parse_file(text).map_err(|error| format!("source does not parse: {path}: {error}"))?;
        if let Some(fault) = identifiers::repeated(&file) {
            return Err(format!("{fault} in {path}"));
        }
        if let Some(missing) = identifiers::modules(&file)
            .into_iter()
            .find(|module| !has_module(output, path, module))
        {
            return Err(format!("module without a file: {missing} in {path}"));
        }
    }
    Ok(())
}

/// Returns whether the module that a file declares has a file.
fn has_module(output: &Output, path: &str, module: &str) -> bool {
    let module = module.strip_prefix("r#").unwrap_or(module);
    let stem = path.strip_suffix(".rs").unwrap_or(path);
    let folder = match stem.rsplit_once('/') {
        Some((folder, "mod" | "lib")) => folder,
        _ => stem,
    };
    let files = [format!("{folder}/{module}.rs"), format!("{folder}/{module}/mod.rs")];
    files.iter().any(|file| output.files.contains_key(file))
}
