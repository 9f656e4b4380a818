//! Progress: a bar on terminals, JSON lines for programs, nothing in pipes.

use std::io::{IsTerminal, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use serde_json::json;

use super::arguments::ProgressKind;
use super::terminal::Terminal;
use crate::catchment::{Standing, Watch};
use crate::language::{Language, Message};
use crate::read::Meter;

/// Shows one step after the other.
pub(super) struct Progress {
    bar: Option<ProgressBar>,
    json: bool,
    words: Language,
}

const TICK: Duration = Duration::from_millis(120);

impl Progress {
    pub(super) fn new(terminal: &Terminal) -> Progress {
        let on_terminal = std::io::stderr().is_terminal();
        let bar = (terminal.progress == ProgressKind::Auto && on_terminal).then(|| {
            let bar = ProgressBar::with_draw_target(Some(1000), ProgressDrawTarget::stderr());
            let style = ProgressStyle::with_template("{spinner} {msg} {wide_bar} {percent:>3} %  {elapsed}");
            bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
            bar
        });
        Progress { bar, json: terminal.progress == ProgressKind::Json, words: terminal.language }
    }

    /// Begins a step that tells nothing of its own progress.
    pub(super) fn step(&self, step: &'static str) {
        if let Some(bar) = &self.bar {
            bar.set_position(0);
            bar.set_message(self.words.text(&format!("step-{step}")));
            bar.tick();
        }
        self.emit(step, 0.0);
    }

    /// How much of a step is done, 0–1.
    pub(super) fn share(&self, step: &'static str, share: f64) {
        if let Some(bar) = &self.bar {
            bar.set_position((1_000.0 * share) as u64);
        }
        self.emit(step, share);
    }

    /// Begins a step that `watch` follows, until the returned guard is dropped.
    pub(super) fn follow(&self, step: &'static str, detail: &Message, watch: &Watch) -> Follower {
        if let Some(bar) = &self.bar {
            bar.set_message(words_of(step, detail, &Standing::default(), self.words));
        }
        let done = Arc::new(AtomicBool::new(false));
        let thread = (self.bar.is_some() || self.json).then(|| {
            let (done, watch, bar, json) = (Arc::clone(&done), watch.clone(), self.bar.clone(), self.json);
            let (detail, words) = (detail.clone(), self.words);
            std::thread::spawn(move || {
                let (mut last, mut told) = (-1.0, Standing::default());
                while !done.load(Ordering::Relaxed) {
                    let share = watch.progress();
                    if let Some(bar) = &bar {
                        bar.set_position((share * 1000.0) as u64);
                    }
                    let standing = watch.standing();
                    if let Some(bar) = &bar {
                        bar.set_message(words_of(step, &detail, &standing, words));
                    }
                    if json && (share - last >= 0.05 || standing != told) {
                        (last, told) = (share, standing);
                        emit(step, share, &standing);
                    }
                    std::thread::sleep(TICK);
                }
            })
        });
        Follower { done, thread }
    }

    /// Follows the reading of files, and what is done with them after that, until the returned guard is dropped.
    pub(super) fn follow_reading(&self, meter: &Meter) -> Follower {
        self.step("read");
        let done = Arc::new(AtomicBool::new(false));
        let thread = (self.bar.is_some() || self.json).then(|| {
            let (done, meter, bar) = (Arc::clone(&done), meter.clone(), self.bar.clone());
            let (json, words) = (self.json, self.words);
            std::thread::spawn(move || {
                let mut last = 0.0;
                while !done.load(Ordering::Relaxed) {
                    let share = meter.share();
                    if let Some(bar) = &bar {
                        bar.set_position((share * 1000.0) as u64);
                        if share >= 1.0 {
                            bar.set_message(words.text("step-survey"));
                        }
                        bar.tick();
                    }
                    if json && share - last >= 0.05 {
                        last = share;
                        emit("read", share, &Standing::default());
                    }
                    std::thread::sleep(TICK);
                }
            })
        });
        Follower { done, thread }
    }

    fn emit(&self, step: &str, share: f64) {
        if self.json {
            emit(step, share, &Standing::default());
        }
    }

    /// Ends all progress; the bar goes away.
    pub(super) fn finish(&self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
        self.emit("done", 1.0);
    }
}

/// A step with the stage it is about, and how good the best scheme is where one is known.
fn words_of(step: &str, detail: &Message, standing: &Standing, words: Language) -> String {
    let mut text = Message::new(format!("step-{step}")).sentence("stage", detail.clone()).in_language(words);
    if let Some(value) = standing.pupil_km {
        text.push_str("  ");
        text.push_str(&Message::new("progress-value").decimal("value", value, 3).in_language(words));
    }
    if let Some(gap) = standing.gap_percent() {
        text.push_str("  ");
        text.push_str(&Message::new("progress-gap").decimal("gap", gap, 2).in_language(words));
    }
    text
}

fn emit(step: &str, share: f64, standing: &Standing) {
    let mut line = json!({ "step": step, "share": (share * 1000.0).round() / 1000.0 });
    if let Some(value) = standing.pupil_km {
        line["pupil_km"] = json!(value);
        line["breach"] = json!(standing.breach);
    }
    if let Some(bound) = standing.lower_bound_pupil_km {
        line["lower_bound_pupil_km"] = json!(bound);
    }
    if let Some(gap) = standing.gap_percent() {
        line["gap_percent"] = json!((gap * 1e4).round() / 1e4);
    }
    let _ = writeln!(std::io::stderr().lock(), "{line}");
}

/// Follows a watch until dropped.
pub(super) struct Follower {
    done: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Drop for Follower {
    fn drop(&mut self) {
        self.done.store(true, Ordering::Relaxed);
        if let Some(thread) = self.thread.take() {
            // The thread only draws; whatever became of it does not matter here.
            let _ = thread.join();
        }
    }
}
