//! The emulator as a program: whatever signal ends it, it takes its file along.

use std::io::{BufRead as _, BufReader, Read as _};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

/// Starts the program on any port, and returns it with the path of its file.
fn start() -> (Child, BufReader<std::process::ChildStdout>, PathBuf) {
    // Tests lie in `deps` beside the program.
    let tests = std::env::current_exe().unwrap();
    let program = tests.ancestors().nth(2).unwrap().join("emulator");
    let mut child = Command::new(program).stdout(Stdio::piped()).spawn().unwrap();
    let mut output = BufReader::new(child.stdout.take().unwrap());
    let mut line = String::new();
    let file = loop {
        line.clear();
        assert!(output.read_line(&mut line).unwrap() > 0, "the emulator ended");
        if let Some((_, rest)) = line.split_once("The data is in ") {
            break PathBuf::from(rest.split_once(", which").unwrap().0);
        }
    };
    (child, output, file)
}

/// Returns what lies in the folder of the file, and starts with its name.
fn left(file: &Path) -> Vec<PathBuf> {
    let name = file.file_name().unwrap().to_string_lossy().into_owned();
    let entries = std::fs::read_dir(file.parent().unwrap()).into_iter().flatten();
    let paths = entries.map(|entry| entry.unwrap().path());
    paths
        .filter(|path| path.file_name().unwrap().to_string_lossy().starts_with(&name))
        .collect()
}

#[test]
fn each_signal_that_ends_it_takes_the_file_along() {
    for signal in ["INT", "TERM", "HUP"] {
        let (mut child, mut output, file) = start();
        assert!(!left(&file).is_empty(), "{}", file.display());
        let sent = Command::new("kill")
            .args(["-s", signal, &child.id().to_string()])
            .status()
            .unwrap();
        assert!(sent.success());
        let status = child.wait().unwrap();
        assert_eq!(status.code(), Some(0), "{signal}: {status}");
        assert_eq!(left(&file), Vec::<PathBuf>::new(), "{signal}");
        let mut rest = String::new();
        output.read_to_string(&mut rest).unwrap();
        assert!(rest.contains("Ctrl-C ends the emulator"), "{rest}");
    }
}
