#pragma once

#include "app/session/document.h"

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace cortograph {

/// What kinds of things differ between two states of a document.
struct DocumentChange {
  bool maps = false; ///< rows, cortices, the image, and how rows look
  bool style = false;
  bool camera = false;
  bool selection = false; ///< and pins

  [[nodiscard]] bool any() const { return maps || style || camera || selection; }
};
[[nodiscard]] DocumentChange changeBetween(const Document& before, const Document& after);

/// What a change is to the history.
struct Step {
  std::string name; ///< "show layer", of which "Undo show layer" is made
  /// Consecutive steps of the same key, such as those of one slider, are one step, until
  /// ViewSession::closeStep(). Empty: the step stands alone.
  std::string mergeKey = {};
  /// The change is no step. It is made in every state of the history as well, so that no undo takes
  /// it back and no redo misses it; rows that it is about may be missing there.
  bool transient = false;
};
/// What is told rather than chosen: surfaces that were read, snapshots of a training, predictions,
/// that a map was saved.
inline const Step transientStep{.name = {}, .mergeKey = {}, .transient = true};

/// The one owner of what a window shows: maps, style and camera as a Document. Every change goes
/// through apply(), is undone by its name, and is told to the listeners. What the hand does to a
/// camera is one step, at the end of the gesture. Lives on one thread.
class ViewSession {
public:
  using Edit = std::function<void(Document&)>;
  using Listener = std::function<void(const DocumentChange&)>;
  static constexpr std::size_t mostSteps = 100; ///< that are kept to be undone

  [[nodiscard]] const Document& document() const { return document_; }
  /// `listener` is called after each change that makes a difference, undo and redo included.
  void listen(Listener listener);

  /// Makes a change on a copy and takes the copy over. What the change throws is thrown on; then
  /// nothing has changed. One that makes no difference is no step.
  void apply(const Step& step, const Edit& edit);
  /// The next change begins a step of its own: the slider was let go.
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
  bool mergeable_ = false;     ///< whether the newest step may grow
  std::vector<Listener> listeners_;
};

} // namespace cortograph
