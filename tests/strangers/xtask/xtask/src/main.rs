//! `cargo xtask clients` generates the clients of this workspace; with `--check` it only compares them.

use std::process::ExitCode;

const CONFIG: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../apicrate.toml");

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let outcome = match arguments[..] {
        ["clients"] => apicrate::generate(CONFIG),
        ["clients", "--check"] => apicrate::check(CONFIG),
        _ => {
            eprintln!("usage: cargo xtask clients [--check]");
            return ExitCode::from(2);
        }
    };
    match outcome {
        Ok(report) => {
            println!("{} written, {} removed", report.written.len(), report.removed.len());
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}
