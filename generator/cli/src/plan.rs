//! What a run does: which documents become which crates.

use std::path::{Path, PathBuf};

use anyhow::Result;
use generator::{Options, Runtime, SharedRuntime, Strictness};

use crate::config::{self, Config, CrateConfig, RuntimeConfig};
use crate::documents::Allowed;
use crate::error::Error;
use crate::package_name::{check_name, package_name};
use crate::paths::{between, from_common_folder};
use crate::request::{Document, Request};
use crate::workspace::Workspace;

/// The crates of a run.
#[derive(Debug)]
pub(crate) struct Plan {
    /// The command that emitted files name.
    pub(crate) command: String,
    /// The configuration, if there is one.
    pub(crate) config: Option<PathBuf>,
    /// The crates that are made of documents.
    pub(crate) crates: Vec<CratePlan>,
    /// The crate with the runtime that they share.
    pub(crate) runtime: Option<RuntimePlan>,
}

/// A document, and the crate that is made of it.
#[derive(Debug, Clone)]
pub(crate) struct CratePlan {
    /// The document.
    pub(crate) document: Document,
    /// The overlays, in order.
    pub(crate) overlays: Vec<PathBuf>,
    /// What the document may refer to outside of its folder.
    pub(crate) allowed: Allowed,
    /// The folder of the crate; `None` if nothing is written.
    pub(crate) out: Option<PathBuf>,
    /// The file that the ledger goes to, if any.
    pub(crate) ledger: Option<PathBuf>,
    /// The names lock, if one is kept.
    pub(crate) names: Option<PathBuf>,
    /// What the generator is asked for.
    pub(crate) options: Options,
}

/// The crate with the runtime.
#[derive(Debug)]
pub(crate) struct RuntimePlan {
    /// Its folder.
    pub(crate) out: PathBuf,
    /// What the generator is asked for.
    pub(crate) options: Options,
}

impl Plan {
    /// Returns what is asked for.
    pub(crate) fn read(request: &Request) -> Result<Self, Error> {
        if let Some(document) = &request.document {
            return of_document(document, request);
        }
        let path = match &request.config {
            Some(path) => path.clone(),
            None => nearest_config()?,
        };
        let config = config::read(&path)?;
        if !request.only.is_empty() && config.crates.len() > 1 {
            return Err(Error::usage("--only wants a configuration of one crate"));
        }
        if request.write_overlay.is_some() && config.crates.len() > 1 {
            return Err(Error::usage("--write-overlay wants a configuration of one crate"));
        }
        Ok(of_config(&path, config, request)?)
    }

    /// Iterates over the files that are named: the documents refer to others.
    pub(crate) fn inputs(&self) -> impl Iterator<Item = &Path> {
        let of_crates = self.crates.iter().flat_map(|each| {
            let document = match &each.document {
                Document::File(path) => Some(path),
                Document::StandardInput => None,
            };
            let names = each.names.iter().filter(|path| path.exists());
            document.into_iter().chain(&each.overlays).chain(names)
        });
        self.config.iter().chain(of_crates).map(PathBuf::as_path)
    }
}

/// Looks for the configuration in the working directory, and in the folders around it.
fn nearest_config() -> Result<PathBuf, Error> {
    let here = std::env::current_dir().unwrap_or_default();
    let found = here
        .ancestors()
        .map(|folder| folder.join(config::FILE))
        .find(|path| path.is_file());
    found.ok_or_else(|| {
        Error::usage(format!(
            "there is no {} here; name a document and --out, or make one: apicrate init",
            config::FILE
        ))
    })
}

fn of_config(path: &Path, config: Config, request: &Request) -> Result<Plan> {
    let command = config.command.unwrap_or_else(|| request.command.clone());
    let runtime = config.runtime.map(|runtime| runtime_plan(runtime, path, &command));
    let runtime = runtime.transpose()?;
    let crates = config.crates.into_iter().map(|each| {
        let mut plan = configured(each, request, &command)?;
        if let (Some(runtime), Some(out)) = (&runtime, &plan.out) {
            plan.options.package.runtime = Runtime::Shared(SharedRuntime {
                package: runtime.options.package.name.clone(),
                path: between(out, &runtime.out),
            });
        }
        Ok(plan)
    });
    let crates = crates.collect::<Result<_>>()?;
    Ok(Plan {
        command,
        config: Some(path.to_owned()),
        crates,
        runtime,
    })
}

fn configured(config: CrateConfig, request: &Request, command: &str) -> Result<CratePlan> {
    let mut options = Options::new(&config.package.name);
    options.package = config.package;
    options.package.in_workspace = Workspace::around(&config.out)?.is_some();
    options.selection.headers = config.headers;
    options.selection.only = if request.only.is_empty() {
        config.only
    } else {
        request.only.clone()
    };
    options.strictness = match request.strictness {
        Strictness::Usual => config.strictness,
        asked => asked,
    };
    options.origin = if config.is_absolute {
        file_name(&config.document)
    } else {
        from_common_folder(&config.document, &config.out)
    };
    command.clone_into(&mut options.command);
    Ok(CratePlan {
        document: Document::File(config.document),
        overlays: config.overlays,
        allowed: config.allowed,
        out: Some(config.out),
        ledger: config.ledger,
        names: Some(config.names),
        options,
    })
}

fn runtime_plan(config: RuntimeConfig, path: &Path, command: &str) -> Result<RuntimePlan> {
    let mut options = Options::new(&config.package.name);
    options.package = config.package;
    options.package.in_workspace = Workspace::around(&config.out)?.is_some();
    options.origin = from_common_folder(path, &config.out);
    command.clone_into(&mut options.command);
    Ok(RuntimePlan {
        out: config.out,
        options,
    })
}

fn of_document(document: &Document, request: &Request) -> Result<Plan, Error> {
    let origin = match document {
        Document::File(path) => file_name(path),
        Document::StandardInput => "the standard input".to_owned(),
    };
    if let Some(name) = &request.name {
        check_name(name).map_err(|error| Error::usage(format!("--name: {error}")))?;
    }
    let folder = request
        .out
        .as_deref()
        .map(|out| file_name(&crate::paths::absolute(out)));
    let by_folder = || package_name(&folder.unwrap_or_default());
    let name = request.name.clone().unwrap_or_else(by_folder);
    let mut options = Options::new(&name);
    options.package.description = format!("A client, generated from {origin}");
    if let Some(out) = &request.out {
        options.package.in_workspace = Workspace::around(out)?.is_some();
    }
    options.selection.only.clone_from(&request.only);
    options.strictness = request.strictness;
    options.origin = origin;
    options.command.clone_from(&request.command);
    let only = CratePlan {
        document: document.clone(),
        overlays: request.overlays.clone(),
        allowed: Allowed {
            roots: request.allow_roots.clone(),
            documents: Vec::new(),
        },
        out: request.out.clone(),
        ledger: request.out.as_ref().map(|out| out.join("ledger.tsv")),
        names: None,
        options,
    };
    Ok(Plan {
        command: request.command.clone(),
        config: None,
        crates: vec![only],
        runtime: None,
    })
}

fn file_name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}
