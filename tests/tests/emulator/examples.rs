//! The examples of the crate, run as programs.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::Command;
use std::sync::LazyLock;

use emulator::{Emulator, Request};
use tests::command::{Outcome, cargo, outcome};

use crate::{assert_clean, file, replay, start};

/// The programs by name, built by the cargo that runs the tests; after a run of all tests there is nothing to build.
static PROGRAMS: LazyLock<BTreeMap<String, PathBuf>> = LazyLock::new(|| {
    let arguments = ["build", "--workspace", "--examples", "--message-format", "json"];
    let built = cargo(arguments).expect(0);
    let messages = built.out.lines().filter_map(|line| serde_json::from_str(line).ok());
    let program = |message: serde_json::Value| {
        let path = message["executable"].as_str()?;
        let is_example = message["target"]["kind"][0] == "example";
        let name = message["target"]["name"].as_str().filter(|_| is_example)?;
        Some((name.to_owned(), PathBuf::from(path)))
    };
    messages.filter_map(program).collect()
});

/// Runs an example with no more in its environment than these variables of ours.
fn run(example: &str, variables: &[(&str, &str)]) -> Outcome {
    let program = PROGRAMS.get(example).unwrap_or_else(|| panic!("there is no {example}"));
    let mut command = Command::new(program);
    for name in ["LOSANT_URL", "LOSANT_TOKEN", "LOSANT_APPLICATION"] {
        command.env_remove(name);
    }
    command.envs(variables.iter().copied());
    outcome(&mut command)
}

/// Runs an example against `emulator`, and returns what it says.
fn walk(example: &str, emulator: &Emulator) -> String {
    let variables = [("LOSANT_URL", &*emulator.url()), ("LOSANT_TOKEN", emulator.token())];
    let outcome = run(example, &variables).expect(0);
    assert_eq!(outcome.err, "");
    assert_clean(emulator);
    outcome.out
}

/// Returns the operations that were called, in order.
fn operations(log: &[Request]) -> Vec<&str> {
    let operations = log.iter().map(|request| request.operation.as_deref());
    operations.map(Option::unwrap).collect()
}

#[test]
fn without_an_address_every_example_says_how_to_have_one() {
    let names: Vec<&str> = PROGRAMS.keys().map(String::as_str).collect();
    let expected = [
        "blocking",
        "errors",
        "export",
        "own_http_client",
        "quickstart",
        "retry_policy",
        "time_series",
    ];
    assert_eq!(names, expected);
    for name in names {
        let outcome = run(name, &[]).expect(1);
        assert_eq!(outcome.out, "");
        let expected = "\
Error: LOSANT_URL and LOSANT_TOKEN are not set.
Start the emulator with `cargo xtask emulator` and set them to what it prints; or set LOSANT_TOKEN alone, and
LOSANT_APPLICATION to the id of an application of yours, to work with the real API.
";
        assert_eq!(outcome.err, expected, "{name}");
    }
}

#[test]
fn errors_have_a_message() {
    let emulator = start();
    let url = emulator.url();
    let outcome = run("quickstart", &[("LOSANT_URL", &url), ("LOSANT_TOKEN", "another")]).expect(1);
    assert!(outcome.err.contains("401 Unauthorized"), "{}", outcome.err);
    drop(emulator);
    let outcome = run("blocking", &[("LOSANT_URL", &url), ("LOSANT_TOKEN", "any")]).expect(1);
    assert!(
        outcome.err.contains("there is no connection to the server"),
        "{}",
        outcome.err
    );
}

#[test]
fn the_quick_starts_say_and_do_the_same() {
    // README shows the same.
    let expected = "\
created the table Sensors
inserted 5 rows
found sensor-3 with the level 30
its level is now 31
  sensor-1 10
  sensor-2 20
  sensor-3 31
  sensor-4 40
  sensor-5 50
deleted the table
";
    let readme = std::fs::read_to_string(tests::root().join("README.md")).unwrap();
    assert!(readme.contains(expected), "README shows another output");
    let logs = ["quickstart", "blocking"].map(|example| {
        let emulator = start();
        assert_eq!(walk(example, &emulator), expected, "{example}");
        // Nothing is left of the table.
        assert_eq!(file::tables(emulator.database()), [""; 0]);
        for table in ["tables", "columns", "jobs"] {
            let rows = file::lines(emulator.database(), &format!("SELECT * FROM {table}"));
            assert_eq!(rows, [""; 0], "{table}");
        }
        emulator.log()
    });
    let calls = [
        "dataTables.post",
        "dataTableRows.post",
        "dataTableRows.query",
        "dataTableRow.patch",
        "dataTableRows.get",
        "dataTableRows.get",
        "dataTableRows.get",
        "dataTable.delete",
    ];
    assert_eq!(operations(&logs[0]), calls);
    let [asked, blocked] = logs.map(|log| {
        let said = log.into_iter();
        said.map(|request| (request.method, request.target, request.body, request.status))
            .collect::<Vec<_>>()
    });
    assert_eq!(asked, blocked);
}

/// The file between two calls is seen by making the same calls again, one by one.
#[test]
fn the_file_holds_what_the_quick_starts_said() {
    for example in ["quickstart", "blocking"] {
        let emulator = start();
        walk(example, &emulator);
        let log = emulator.log();
        let (deletion, calls) = log.split_last().unwrap();
        assert_eq!(deletion.operation.as_deref(), Some("dataTable.delete"));

        let again = start();
        let path = again.database();
        let rows = |levels: [i64; 5]| {
            let rows = (1..).zip(levels);
            rows.map(|(number, level)| format!("'sensor-{number}' | {level}"))
                .collect::<Vec<_>>()
        };
        for (index, call) in calls.iter().enumerate() {
            replay::send(&again, call);
            let [table] = &file::tables(path)[..] else {
                panic!("{:?}", file::tables(path))
            };
            let found = file::lines(path, &format!("SELECT sensor, level FROM {table} ORDER BY id"));
            match index {
                0 => assert_eq!(found, [""; 0]),
                1 | 2 => assert_eq!(found, rows([10, 20, 30, 40, 50])),
                _ => assert_eq!(found, rows([10, 20, 31, 40, 50])),
            }
        }
        assert_eq!(
            file::lines(path, "SELECT name, description FROM tables"),
            ["'Sensors' | NULL"]
        );
        let sql = r#"SELECT "position", "name", "dataType", "constraint", "defaultValue" FROM columns ORDER BY 1"#;
        let columns = [
            "1 | 'sensor' | 'string' | 'unique' | NULL",
            "2 | 'level' | 'number' | 'optional' | NULL",
        ];
        assert_eq!(file::lines(path, sql), columns);
        assert_clean(&again);
    }
}

#[test]
fn the_export_is_in_the_file_that_the_job_names() {
    let emulator = start();
    let said = walk("export", &emulator);
    let calls = [
        "dataTables.post",
        "dataTableRows.post",
        "dataTableRows.export",
        "dataTable.delete",
    ];
    assert_eq!(operations(&emulator.log()), calls);
    let job = said
        .strip_prefix("the server answered 202 Accepted: ")
        .unwrap()
        .trim_end();
    let jobs = file::lines(emulator.database(), "SELECT id, operation, files FROM jobs");
    assert_eq!(jobs, [format!("'{job}' | 'dataTableRows.export' | '{job}.csv'")]);
    let written = std::fs::read_to_string(emulator.export(job)).unwrap();
    let mut lines = written.lines().map(|line| line.split(',').collect::<Vec<_>>());
    assert_eq!(lines.next().unwrap(), ["id", "createdAt", "updatedAt", "level"]);
    let levels: Vec<&str> = lines.map(|line| line[3]).collect();
    assert_eq!(levels, ["5", "4", "3"]);
}

/// The voltage of the s-th report of the d-th device is 10 + ((7s + 13d) mod 41) / 10, one every ten minutes.
#[test]
fn the_time_series_are_those_that_the_emulator_synthesized() {
    // The hour starts a moment after the report 138; each part of it has two reports, but for the last.
    let voltage = |report: u32, device: u32| 10.0 + f64::from((7 * report + 13 * device) % 41) / 10.0;
    let parts: [(u32, u32); 3] = [(139, 140), (141, 142), (143, 143)];
    let span = "from 2023-12-31T23:00:00.001Z to 2024-01-01T00:00:00.001Z";
    let mut expected = vec![format!("means of the voltage {span}")];
    for (device, name) in (0..).zip(["Gateway", "Freezer", "Oven"]) {
        expected.push(name.to_owned());
        for ((first, second), minutes) in parts.into_iter().zip(["00", "20", "40"]) {
            let mean = f64::midpoint(voltage(first, device), voltage(second, device));
            expected.push(format!("  2023-12-31T23:{minutes}:00.001Z {mean:.2} V"));
        }
    }
    // The last one reported nothing.
    expected.extend(["Spare", "last values"].map(str::to_owned));
    let ids = [
        "575ecf887ae143cd83dc4aa2",
        "575ef5c97ae143cd83dc4aac",
        "575ef5c97ae143cd83dc4aad",
    ];
    for (device, id) in (0..).zip(ids) {
        let last = voltage(143, device);
        expected.push(format!("  {id}: {last} V at 2023-12-31T23:50:00.000Z"));
    }
    let emulator = start();
    let said = walk("time_series", &emulator);
    assert_eq!(said.lines().collect::<Vec<_>>(), expected);
    assert_eq!(
        operations(&emulator.log()),
        ["data.timeSeriesQuery", "data.lastValueQuery"]
    );
}

#[test]
fn the_others_count_tables() {
    let emulator = start();
    assert_eq!(walk("own_http_client", &emulator), "0 tables\n");
    assert_eq!(walk("retry_policy", &emulator), "0 tables\n0 tables, quickly\n");
    assert_eq!(operations(&emulator.log()), ["dataTables.get"; 3]);
}

#[test]
fn one_function_handles_the_errors_of_four_operations() {
    let emulator = start();
    let variables = [("LOSANT_URL", &*emulator.url()), ("LOSANT_TOKEN", emulator.token())];
    let said = run("errors", &variables).expect(0).out;
    let lines: Vec<&str> = said.lines().collect();
    let [no_row, no_id, no_token, no_server] = &lines[..] else {
        panic!("{said}")
    };
    assert!(no_row.starts_with("there is no such row ("), "{no_row}");
    assert!(no_id.starts_with("give up: \"not an id\" is no RowId: "), "{no_id}");
    assert!(no_token.starts_with("log in again ("), "{no_token}");
    let words = "try again later: there is no connection to the server: ";
    assert!(no_server.starts_with(words), "{no_server}");
    let calls = [
        "dataTables.post",
        "dataTableRows.post",
        "dataTableRow.get",
        "dataTable.delete",
        "dataTables.post",
    ];
    assert_eq!(operations(&emulator.log()), calls);
}
