//! Documents that mean harm: whatever they say, nothing is written outside of the output folder, nothing panics, and what
//! is written parses.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};
use tests::command::Outcome;

use crate::Folder;

/// Where the crate goes, below the folder of a test.
pub(crate) const OUT: &str = "work/client";

/// Returns all files below a folder; links are not followed.
fn files(folder: &Path) -> BTreeSet<PathBuf> {
    let (mut found, mut open) = (BTreeSet::new(), vec![folder.to_owned()]);
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let entry = entry.unwrap();
            if entry.file_type().unwrap().is_dir() {
                open.push(entry.path());
            } else {
                found.insert(entry.path());
            }
        }
    }
    found
}

/// Generates the crate of `work/api.json` or `work/api.yaml`, and holds what holds of any document.
pub(crate) fn generate(folder: &Folder, document: &str) -> Outcome {
    let before = files(folder.path());
    let outcome = folder.apicrate(&format!("generate work/{document} --out {OUT}"));
    let status = outcome.status;
    assert!(status == Some(0) || status == Some(1), "{status:?}: {}", outcome.err);
    assert!(!outcome.err.contains("panicked"), "{}", outcome.err);
    let out = folder.path().join(OUT);
    for file in files(folder.path()).difference(&before) {
        assert!(file.starts_with(&out), "{} is outside of the crate", file.display());
        assert_eq!(status, Some(0), "{} is written in spite of an error", file.display());
        if file.starts_with(out.join("src/runtime")) {
            // It is the same for all documents.
            continue;
        }
        let text = fs::read_to_string(file).unwrap();
        match file.extension().and_then(|extension| extension.to_str()) {
            Some("rs") => drop(syn::parse_file(&text).unwrap_or_else(|error| panic!("{}: {error}", file.display()))),
            Some("toml") => drop(text.parse::<toml::Table>().unwrap()),
            _ => {}
        }
        // A mark that turns the direction of text hides what the text says.
        let is_source = file.extension().is_some_and(|extension| extension == "rs");
        let mark = text
            .chars()
            .find(|letter| ('\u{202a}'..='\u{202e}').contains(letter) && is_source);
        assert_eq!(mark, None, "{}", file.display());
    }
    outcome
}

/// A document with `name` wherever a name or a text can stand.
fn document(name: &str) -> Value {
    // A reference is a URI (RFC 6901 §6).
    let pointer = name.replace('~', "~0").replace('/', "~1").replace('%', "%25");
    let schema = json!({"$ref": format!("#/components/schemas/{pointer}")});
    let content = json!({"application/json": {"schema": schema}});
    json!({
        "openapi": "3.1.0",
        "info": {"title": name, "version": name, "description": name},
        "servers": [{"url": format!("https://{{host}}.example/{name}"), "description": name, "name": name,
            "variables": {"host": {"default": name, "enum": [name], "description": name}}}],
        "tags": [{"name": name, "description": name, "summary": name}],
        "security": [{name: []}],
        "paths": {
            format!("/{name}/{{id}}"): {
                "post": {
                    "operationId": name, "tags": [name], "summary": name, "description": name,
                    "parameters": [
                        {"name": "id", "in": "path", "required": true, "description": name, "schema": {"enum": [name]}},
                        {"name": name, "in": "query", "description": name, "schema": {"type": "string", "default": name}},
                        {"name": name, "in": "header", "schema": {"type": "string", "pattern": name}},
                        {"name": name, "in": "cookie", "schema": {"type": "string", "const": name}},
                    ],
                    "requestBody": {"description": name, "content": content},
                    "responses": {
                        "200": {"description": name, "content": content,
                            "headers": {name: {"description": name, "schema": {"type": "integer"}}}},
                        "400": {"description": name, "content": {name: {"schema": schema}}},
                    },
                },
            },
        },
        "components": {
            "securitySchemes": {name: {"type": "apiKey", "in": "header", "name": name, "description": name}},
            "schemas": {
                name: {
                    "type": "object", "title": name, "description": name, "required": [name],
                    "properties": {
                        name: {"type": "string", "enum": [name, format!("{name}2")], "description": name},
                        format!("{name} "): {"type": "object", "title": name, "properties": {name: {"type": "string"}}},
                    },
                    "discriminator": {"propertyName": name, "mapping": {name: format!("#/components/schemas/{pointer}")}},
                    "x-enum-varnames": [name],
                },
            },
        },
    })
}

#[test]
fn names_and_texts_lead_nowhere() {
    let long = "x".repeat(1 << 16);
    let names = [
        "",
        ".",
        "..",
        "../../evil",
        "..\\..\\evil",
        "/etc/passwd",
        "//",
        "C:\\evil",
        "nul",
        "con.rs",
        "lib",
        "mod",
        "main",
        "self",
        "Self",
        "crate",
        "super",
        "_",
        "__",
        "fn",
        "r#fn",
        "0",
        "-1",
        "\0",
        "a\0b",
        "\n",
        "\r\n",
        "\u{202e}abc",
        "\u{2066}x\u{2069}",
        "\u{feff}",
        "\u{2028}",
        "\u{1b}[2J",
        "*/",
        "/*",
        "//!",
        "\"#",
        "\"##",
        "r#\"",
        "\\",
        "\\u{0}",
        "'",
        "`",
        "```\nfn main() {}\n```",
        "#![allow(x)]",
        "${HOME}",
        "$(id)",
        "{}",
        "{id}",
        "%2e%2e%2f",
        "&anchor",
        "*alias",
        "!!tag",
        "🦀",
        "日本",
        "e\u{301}",
        "\u{10ffff}",
        "]]>",
        "<script>",
        "include!(\"/etc/passwd\")",
        "runtime",
        "schemas",
        "operations",
        "client",
        "Client",
        "Error",
        "String",
        "Option",
        "Vec",
        "std",
        "core",
        long.as_str(),
    ];
    let folder = Folder::new("hostile-names");
    for name in names {
        folder.write("work/api.json", &document(name).to_string());
        let _ = fs::remove_dir_all(folder.path().join(OUT));
        let outcome = generate(&folder, "api.json");
        let shown: String = name.chars().take(40).collect();
        // Names are mended or left out; that is no reason to refuse a document.
        assert_eq!(outcome.status, Some(0), "{shown:?}: {:.2000}", outcome.err);
        assert!(
            outcome.err.len() < 200_000,
            "{shown:?}: {} bytes are said",
            outcome.err.len()
        );
    }
}

#[test]
fn a_name_of_a_megabyte_is_a_name() {
    let name = "x".repeat(1 << 20);
    let folder = Folder::new("hostile-length");
    let schema = json!({"type": "object", "properties": {&name: {"type": "string"}}});
    let content = json!({"application/json": {"schema": {"$ref": format!("#/components/schemas/{name}")}}});
    let document = json!({
        "openapi": "3.1.0",
        "info": {"title": "Pets", "version": "1.0.0"},
        "paths": {"/pets": {"get": {
            "operationId": name, "tags": [name], "responses": {"200": {"description": "ok", "content": content}},
        }}},
        "components": {"schemas": {&name: schema}},
    });
    folder.write("work/api.json", &document.to_string());
    generate(&folder, "api.json").expect(0);
    let longest = files(&folder.path().join(OUT))
        .into_iter()
        .map(|file| file.file_name().map_or(0, std::ffi::OsStr::len));
    assert!(longest.max().unwrap() < 100);
}

#[test]
fn encodings_and_tags_are_read_or_refused() {
    let pets = crate::PETS;
    let crlf = pets.replace('\n', "\r\n");
    let utf16: Vec<u8> = [0xFF, 0xFE]
        .into_iter()
        .chain(pets.encode_utf16().flat_map(u16::to_le_bytes))
        .collect();
    let texts: Vec<(Vec<u8>, i32)> = vec![
        ([b"\xEF\xBB\xBF", pets.as_bytes()].concat(), 0),
        (crlf.into_bytes(), 0),
        (utf16, 1),
        ([pets.as_bytes(), b"x-latin: caf\xE9\n"].concat(), 1),
        (pets.replace("Pets", "!!binary UGV0cw==").into_bytes(), 0),
        (format!("{pets}x-file: !include /etc/passwd\n").into_bytes(), 0),
        (
            format!("{pets}x-call: !!python/object/apply:os.system [id]\n").into_bytes(),
            0,
        ),
        (pets.replace("Pets", "\"a\\0b\"").into_bytes(), 0),
        (Vec::new(), 1),
        (vec![0; 4096], 1),
    ];
    let folder = Folder::new("hostile-encodings");
    for (text, status) in texts {
        fs::create_dir_all(folder.path().join("work")).unwrap();
        fs::write(folder.path().join("work/api.yaml"), &text).unwrap();
        let _ = fs::remove_dir_all(folder.path().join(OUT));
        let outcome = generate(&folder, "api.yaml");
        let shown = String::from_utf8_lossy(&text).chars().take(80).collect::<String>();
        assert_eq!(outcome.status, Some(status), "{shown:?}: {}", outcome.err);
        let read = fs::read_to_string("/etc/passwd").unwrap_or_default();
        let lib = if status == 0 {
            folder.read(&format!("{OUT}/src/lib.rs"))
        } else {
            String::new()
        };
        assert!(read.lines().all(|line| line.is_empty() || !lib.contains(line)));
    }
}

#[cfg(unix)]
#[test]
fn links_lead_to_no_other_folder() {
    use std::os::unix::fs::symlink;

    let folder = Folder::new("hostile-links");
    folder.write("work/api.yaml", crate::PETS);
    folder.write("precious/lib.rs", "// kept");
    let out = folder.path().join(OUT);
    generate(&folder, "api.yaml").expect(0);
    // A folder of the crate is a link to another one.
    fs::remove_dir_all(out.join("src")).unwrap();
    symlink(folder.path().join("precious"), out.join("src")).unwrap();
    let before = files(folder.path());
    let outcome = folder.apicrate(&format!("generate work/api.yaml --out {OUT}"));
    assert_eq!(folder.read("precious/lib.rs"), "// kept", "{}", outcome.err);
    let added: Vec<PathBuf> = files(folder.path()).difference(&before).cloned().collect();
    assert!(added.iter().all(|file| file.starts_with(&out)), "{added:?}");
    // So is a file.
    fs::remove_file(out.join("src")).unwrap();
    generate(&folder, "api.yaml").expect(0);
    fs::remove_file(out.join("src/lib.rs")).unwrap();
    symlink(folder.path().join("precious/lib.rs"), out.join("src/lib.rs")).unwrap();
    folder.apicrate(&format!("generate work/api.yaml --out {OUT}"));
    assert_eq!(folder.read("precious/lib.rs"), "// kept");
}
