//! A real Chromium, told what to do over a pipe as its protocol has it, with the network off.

use std::fs::File;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use base64::Engine as _;
use serde_json::{Value, json};

/// How long the browser may take for an answer.
const PATIENCE: Duration = Duration::from_secs(60);

/// A browser with one page.
pub(crate) struct Browser {
    child: Child,
    to: File,
    from: Receiver<Value>,
    session: String,
    number: u64,
    /// What went wrong in the page: errors on the console, requests beyond files.
    pub(crate) faults: Vec<String>,
    /// Its profile and pipes.
    _home: tempfile::TempDir,
}

/// A program on the path.
fn on_path(names: &[&str]) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    let places = || std::env::split_paths(&path);
    names.iter().find_map(|name| places().map(|folder| folder.join(name)).find(|file| file.is_file()))
}

impl Browser {
    /// Starts the browser of the machine; `None` where there is none, which is a fault where data beside the project are
    /// required.
    pub(crate) fn start() -> Option<Browser> {
        let Some(program) = on_path(&["chromium", "chromium-browser", "google-chrome"]) else {
            let required = std::env::var("XUEQU_REQUIRE_SHARED").is_ok_and(|value| value == "1");
            assert!(!required, "no Chromium on the path");
            writeln!(std::io::stderr(), "no Chromium on the path: skipped").expect("messages can be written");
            return None;
        };
        let home = tempfile::tempdir().expect("a folder");
        let [there, back] = ["there", "back"].map(|name| home.path().join(name));
        assert!(Command::new("mkfifo").args([&there, &back]).status().expect("mkfifo runs").success());
        let child = Command::new("sh")
            .args([
                "-c",
                "program=$1; there=$2; back=$3; shift 3; exec \"$program\" \"$@\" 3<\"$there\" 4>\"$back\"",
                "sh",
            ])
            .args([&program, &there, &back])
            .args(["--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run"])
            .args(["--disable-background-networking", "--remote-debugging-pipe"])
            .arg(format!("--user-data-dir={}", home.path().join("profile").display()))
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("a shell starts");
        let to = File::options().write(true).open(&there).expect("the way there");
        let back = File::open(&back).expect("the way back");
        let (send, from) = channel();
        std::thread::spawn(move || {
            for message in BufReader::new(back).split(0) {
                let Ok(message) = message else { return };
                if send.send(serde_json::from_slice(&message).expect("the browser sends JSON")).is_err() {
                    return;
                }
            }
        });
        let mut browser =
            Browser { child, to, from, session: String::new(), number: 0, faults: Vec::new(), _home: home };
        let target = browser.ask("Target.createTarget", &json!({ "url": "about:blank" }));
        let attached =
            browser.ask("Target.attachToTarget", &json!({ "targetId": target["targetId"], "flatten": true }));
        attached["sessionId"].as_str().expect("a session").clone_into(&mut browser.session);
        for domain in ["Page", "Runtime", "Log", "Network"] {
            browser.ask(&format!("{domain}.enable"), &json!({}));
        }
        let off = json!({ "offline": true, "latency": 0, "downloadThroughput": 0, "uploadThroughput": 0 });
        browser.ask("Network.emulateNetworkConditions", &off);
        Some(browser)
    }

    /// What the browser answers to a command.
    pub(crate) fn ask(&mut self, method: &str, parameters: &Value) -> Value {
        self.number += 1;
        let mut command = json!({ "id": self.number, "method": method, "params": parameters });
        if !self.session.is_empty() {
            command["sessionId"] = self.session.clone().into();
        }
        let mut bytes = command.to_string().into_bytes();
        bytes.push(0);
        self.to.write_all(&bytes).expect("the browser listens");
        loop {
            let message = self.hear();
            if message["id"] == self.number {
                assert!(message["error"].is_null(), "{method}: {}", message["error"]);
                return message["result"].clone();
            }
        }
    }

    /// The next message; what tells of a fault is kept.
    fn hear(&mut self) -> Value {
        let message = self.from.recv_timeout(PATIENCE).expect("the browser answers");
        let told = &message["params"];
        match message["method"].as_str() {
            Some("Runtime.exceptionThrown") => self.faults.push(told["exceptionDetails"].to_string()),
            Some("Runtime.consoleAPICalled") if told["type"] == "error" => self.faults.push(told["args"].to_string()),
            Some("Log.entryAdded") if told["entry"]["level"] == "error" => self.faults.push(told["entry"].to_string()),
            Some("Network.requestWillBeSent") => {
                let address = told["request"]["url"].as_str().unwrap_or_default();
                if !["file:", "data:", "about:"].iter().any(|scheme| address.starts_with(scheme)) {
                    self.faults.push(format!("asks for {address}"));
                }
            }
            _ => {}
        }
        message
    }

    /// Opens a file on a screen of this size.
    pub(crate) fn open(&mut self, file: &Path, [wide, high]: [u32; 2]) {
        let is_small = wide < 600;
        let screen = json!({ "width": wide, "height": high, "deviceScaleFactor": 1, "mobile": is_small });
        self.ask("Emulation.setDeviceMetricsOverride", &screen);
        let blank = json!({ "url": "about:blank" });
        self.ask("Page.navigate", &blank);
        self.ask("Page.navigate", &json!({ "url": format!("file://{}", file.display()) }));
        while self.hear()["method"] != "Page.loadEventFired" || self.run("location.protocol") != "file:" {}
    }

    /// The value of an expression in the page.
    #[track_caller]
    pub(crate) fn run(&mut self, expression: &str) -> Value {
        let asked = json!({ "expression": expression, "returnByValue": true, "awaitPromise": true });
        let answer = self.ask("Runtime.evaluate", &asked);
        assert!(answer["exceptionDetails"].is_null(), "{expression}: {}", answer["exceptionDetails"]);
        answer["result"]["value"].clone()
    }

    /// Presses and lets go of a key.
    pub(crate) fn press(&mut self, key: &str, code: u32) {
        for kind in ["rawKeyDown", "keyUp"] {
            let event = json!({ "type": kind, "key": key, "code": key, "windowsVirtualKeyCode": code });
            self.ask("Input.dispatchKeyEvent", &event);
            if kind == "rawKeyDown" && key == "Enter" {
                self.ask("Input.dispatchKeyEvent", &json!({ "type": "char", "key": key, "text": "\r" }));
            }
        }
    }

    /// Writes text where the cursor is.
    pub(crate) fn write(&mut self, text: &str) {
        self.ask("Input.insertText", &json!({ "text": text }));
    }

    /// Keeps a picture of the page, where `XUEQU_SCREENSHOTS` names a folder for them.
    pub(crate) fn picture(&mut self, name: &str) {
        let Some(folder) = std::env::var_os("XUEQU_SCREENSHOTS") else { return };
        let picture = self.ask("Page.captureScreenshot", &json!({ "format": "png" }));
        let bytes = base64::engine::general_purpose::STANDARD.decode(picture["data"].as_str().expect("a picture"));
        std::fs::write(Path::new(&folder).join(format!("{name}.png")), bytes.expect("base64")).expect("a file");
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
