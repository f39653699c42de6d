#pragma once

#include "app/session/document.h"

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace cortograph {

/// The kinds of things that differ between two states of a document.
struct DocumentChange {
  bool maps = false; ///< rows, cortices, the image, and how rows look
  bool style = false;
  bool camera = false;
  bool selection = false; ///< or pins

  [[nodiscard]] bool any() const { return maps || style || camera || selection; }
};
[[nodiscard]] DocumentChange changeBetween(const Document& before, const Document& after);

/// The role of a change in the history.
struct Step {
  std::string name; ///< "show layer", for the menu item "Undo show layer"
  /// Consecutive steps with the same key, such as those of one slider, are merged into one, until
  /// ViewSession::closeStep(). Empty: the step is never merged.
  std::string mergeKey = {};
  /// Whether the change is not a step. It is then also made in every state of the history, so that
  /// undo does not reverse it and redo does not lose it. There its rows may be missing.
  bool transient = false;
};
/// The role of changes that are not choices of the user: surfaces that were read, snapshots of a
/// training, predictions, a map that was saved.
inline const Step transientStep{.name = {}, .mergeKey = {}, .transient = true};

/// The owner of what a window shows: maps, style and camera as a Document. Every change is made by
/// apply(), can be undone by its name, and is reported to the listeners. A gesture that moves the
/// camera is one step, when it ends. Belongs to one thread.
class ViewSession {
public:
  using Edit = std::function<void(Document&)>;
  using Listener = std::function<void(const DocumentChange&)>;
  static constexpr std::size_t mostSteps = 100; ///< steps that can be undone

  [[nodiscard]] const Document& document() const { return document_; }
  /// Adds a listener, which is called after each real change, also by undo and redo.
  void listen(Listener listener);

  /// Changes a copy of the document, then takes it over. Does nothing when the copy does not
  /// differ. Throws what `edit` throws, and then changes nothing.
  void apply(const Step& step, const Edit& edit);
  /// Ends merging, such as when a slider is released: the next change begins a new step.
  void closeStep() { mergeable_ = false; }

  [[nodiscard]] bool canUndo() const { return !past_.empty(); }
  [[nodiscard]] bool canRedo() const { return !future_.empty(); }
  [[nodiscard]] std::string_view undoName() const; ///< empty when there is nothing to undo
  [[nodiscard]] std::string_view redoName() const;
  void undo(); ///< does nothing when there is nothing to undo
  void redo();

private:
  struct Moment {
    Step step;
    Document document; ///< before the step in the past, after it in the future
  };
  void applyEverywhere(const Edit& edit);
  void travel(std::vector<Moment>& from, std::vector<Moment>& to);
  void become(Document document);

  Document document_;
  std::vector<Moment> past_;
  std::vector<Moment> future_; ///< the next one last
  bool mergeable_ = false;     ///< whether the next change may be merged into the newest step
  std::vector<Listener> listeners_;
};

} // namespace cortograph
