//! Losant's API for tests and first steps. The README says what it does and how it decides:
//!
#![doc = include_str!("../README.md")]

mod call;
mod check;
mod clock;
mod data;
mod failure;
mod filter;
mod http;
mod jobs;
mod journal;
mod operations;
mod response;
mod server;
pub mod spec;
mod store;

use std::collections::BTreeMap;
use std::io;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;

use tempfile::TempDir;
use tokio::sync::oneshot;

use self::journal::Journal;
pub use self::journal::{Refused, Request};
use self::server::Server;
use self::store::Store;

/// The application that there is unless others are asked for: the one of the document's examples.
pub const APPLICATION: &str = "575ec8687ae143cd83dc4a97";

/// The token that requests have to bear unless another is asked for.
pub const TOKEN: &str = "emulated-token";

/// The time at which a new file starts: 2024-01-01T00:00:00Z, in milliseconds since 1970.
pub const START: i64 = 1_704_067_200_000;

/// How an emulator is to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    /// The port on 127.0.0.1; 0 for any that is free.
    pub port: u16,
    /// The SQLite file, which is made unless it is there; exports go to its folder. `None` for one that goes with the
    /// emulator.
    pub database: Option<PathBuf>,
    /// The token that every request has to bear.
    pub token: String,
    /// What a request without the token gets, beside the status 401.
    pub unauthorized: Unauthorized,
    /// The ids of the applications that there are, in lower case. The devices of a new file belong to the first.
    pub applications: Vec<String>,
    /// The time of a new file, in milliseconds since 1970. It goes on by one with every request that is carried out.
    pub start: i64,
    /// How many requests [`Emulator::log`] keeps.
    pub log: usize,
}

/// What a request without the token gets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unauthorized {
    /// An error in Losant's shape.
    Error,
    /// Something else, which may be empty.
    Body {
        /// Its media type; none where it is empty.
        content_type: String,
        /// The text.
        body: String,
    },
}

impl Default for Options {
    fn default() -> Self {
        Self {
            port: 0,
            database: None,
            token: TOKEN.to_owned(),
            unauthorized: Unauthorized::Error,
            applications: vec![APPLICATION.to_owned()],
            start: START,
            log: 1000,
        }
    }
}

/// A server on a thread of its own, until it is dropped.
#[derive(Debug)]
pub struct Emulator {
    address: SocketAddr,
    database: PathBuf,
    server: Arc<Server>,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
    // The last, so that nobody has the file open any more when it goes.
    _folder: Option<TempDir>,
}

impl Emulator {
    /// Starts an emulator, which listens when this returns.
    ///
    /// # Errors
    ///
    /// When the port is taken, or the file is none of the emulator's or cannot be written.
    pub fn start(options: Options) -> io::Result<Self> {
        let (folder, database) = if let Some(database) = options.database {
            (None, std::path::absolute(database)?)
        } else {
            let folder = TempDir::with_prefix("emulator-")?;
            let database = folder.path().join("losant.sqlite");
            (Some(folder), database)
        };
        let store = Store::open(&database, &options.applications, options.start);
        let store = store.map_err(|error| io::Error::other(format!("{}: {error}", database.display())))?;
        let server = Arc::new(Server {
            token: options.token,
            unauthorized: options.unauthorized,
            folder: database.parent().unwrap_or(Path::new("/")).to_owned(),
            store: Mutex::new(store),
            journal: Mutex::new(Journal {
                capacity: options.log,
                ..Journal::default()
            }),
        });
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, options.port))?;
        listener.set_nonblocking(true)?;
        let address = listener.local_addr()?;
        let (stop, stopped) = oneshot::channel();
        let thread = serve(listener, Arc::clone(&server), stopped)?;
        Ok(Self {
            address,
            database,
            server,
            stop: Some(stop),
            thread: Some(thread),
            _folder: folder,
        })
    }

    /// Returns the base URL, without a slash at its end.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Returns the token that requests have to bear.
    #[must_use]
    pub fn token(&self) -> &str {
        &self.server.token
    }

    /// Returns the SQLite file.
    #[must_use]
    pub fn database(&self) -> &Path {
        &self.database
    }

    /// Returns the file of an export of rows, or of data unless it has a file for each device.
    #[must_use]
    pub fn export(&self, job: &str) -> PathBuf {
        self.server.folder.join(format!("{job}.csv"))
    }

    /// Returns how many requests came for each operation, by `operationId`; refused ones count.
    #[must_use]
    pub fn requests(&self) -> BTreeMap<String, u64> {
        self.server.journal().counts.clone()
    }

    /// Returns the latest requests, in the order in which they were answered.
    #[must_use]
    pub fn log(&self) -> Vec<Request> {
        self.server.journal().requests.iter().cloned().collect()
    }

    /// Returns the requests that did not conform to the document and were answered 400.
    ///
    /// A request that keeps to the document and cannot be carried out is none of them.
    #[must_use]
    pub fn refused(&self) -> Vec<Refused> {
        self.server.journal().refused.clone()
    }

    /// Returns where the emulator itself was at fault: a response that does not conform to the document.
    #[must_use]
    pub fn faults(&self) -> Vec<String> {
        self.server.journal().faults.clone()
    }
}

impl Drop for Emulator {
    fn drop(&mut self) {
        if let Some(stop) = self.stop.take() {
            // The thread may have ended already.
            let _ = stop.send(());
        }
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// Answers on a thread of its own until `stopped`.
fn serve(listener: TcpListener, server: Arc<Server>, stopped: oneshot::Receiver<()>) -> io::Result<JoinHandle<()>> {
    // One thread is enough: SQLite carries out one request at a time.
    let runtime = tokio::runtime::Builder::new_current_thread().enable_io().build()?;
    let routes = http::router(server);
    std::thread::Builder::new().name("emulator".to_owned()).spawn(move || {
        runtime.block_on(async {
            let Ok(listener) = tokio::net::TcpListener::from_std(listener) else {
                return;
            };
            // Connections that are open end with the runtime.
            tokio::select! {
                _ = axum::serve(listener, routes) => {}
                _ = stopped => {}
            }
        });
    })
}
