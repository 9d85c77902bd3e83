//! Takes the types that other generators emitted from the folder that `BENCH_PEERS` names.
//!
//! A peer whose types are missing is skipped; the bench goes on without it.

use std::path::Path;
use std::{env, fs, io};

use quote::ToTokens as _;
use syn::Item;

/// The module of each peer, and the file that has its types: as they are, or in a module `types`.
const PEERS: [(&str, &str); 2] = [
    ("progenitor", "progenitor/src/lib.rs"),
    ("openapi_to_rust", "openapi-to-rust/types.rs"),
];

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-env-changed=BENCH_PEERS");
    let folder = env::var_os("BENCH_PEERS").unwrap_or_default();
    let out = env::var_os("OUT_DIR").unwrap_or_default();
    let mut modules = Vec::new();
    for (name, file) in PEERS {
        let path = Path::new(&folder).join(file);
        println!("cargo::rerun-if-changed={}", path.display());
        let Ok(text) = fs::read_to_string(&path) else { continue };
        let types = types(&text).map_err(|error| io::Error::other(format!("{}: {error}", path.display())))?;
        modules.push(format!("pub mod {name} {{ {types} }}\n"));
        println!("cargo::rustc-cfg={name}");
    }
    fs::write(Path::new(&out).join("peers.rs"), modules.concat())
}

/// Returns the items of the module `types`, or of the whole file where there is none.
fn types(text: &str) -> syn::Result<String> {
    let file = syn::parse_file(text)?;
    let module = file.items.iter().find_map(|item| match item {
        Item::Mod(module) if module.ident == "types" => module.content.as_ref(),
        _ => None,
    });
    let items = module.map_or(&file.items, |(_, items)| items);
    Ok(items
        .iter()
        .map(|item| item.to_token_stream().to_string())
        .collect::<Vec<_>>()
        .join("\n"))
}
