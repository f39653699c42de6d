#include "app/panels/help_overlay.h"

#include <QEvent>
#include <QGridLayout>
#include <QLabel>
#include <QMouseEvent>

#include <array>
#include <utility>

namespace cortograph {

namespace {

constexpr std::array<std::pair<const char*, const char*>, 20> keys{{
    {"1 … 6",
     QT_TRANSLATE_NOOP("HelpOverlay",
                       "lateral, medial, dorsal, ventral, anterior, posterior view")},
    {"r", QT_TRANSLATE_NOOP("HelpOverlay", "fold (pial surface)")},
    {"i", QT_TRANSLATE_NOOP("HelpOverlay", "inflate")},
    {"f", QT_TRANSLATE_NOOP("HelpOverlay", "flatten")},
    {"o, l", QT_TRANSLATE_NOOP("HelpOverlay", "regions: outlines, labels")},
    {"t", QT_TRANSLATE_NOOP("HelpOverlay", "reset the view")},
    {"drag, arrow keys", QT_TRANSLATE_NOOP("HelpOverlay", "turn (flat maps: pan)")},
    {"Shift + drag", QT_TRANSLATE_NOOP("HelpOverlay", "pan")},
    {"point, click", QT_TRANSLATE_NOOP("HelpOverlay", "read a vertex; pin it in every pane")},
    {"Ctrl + drag",
     QT_TRANSLATE_NOOP("HelpOverlay",
                       "draw a line around vertices to read their means (panel Vertex)")},
    {"Esc", QT_TRANSLATE_NOOP("HelpOverlay", "clear the selection")},
    {"Surface slider",
     QT_TRANSLATE_NOOP("HelpOverlay", "unfold the cortex from folded through inflated to flat")},
    {"wheel, right drag", QT_TRANSLATE_NOOP("HelpOverlay", "zoom")},
    {"Ctrl + O", QT_TRANSLATE_NOOP("HelpOverlay", "open maps, images, weights")},
    {"Ctrl + Shift + O", QT_TRANSLATE_NOOP("HelpOverlay", "open surfaces")},
    {"Ctrl + S", QT_TRANSLATE_NOOP("HelpOverlay", "save the selected map")},
    {"Ctrl + Z, Ctrl + Shift + Z", QT_TRANSLATE_NOOP("HelpOverlay", "undo, redo")},
    {"Ctrl + E", QT_TRANSLATE_NOOP("HelpOverlay", "export the picture")},
    {"drop files",
     QT_TRANSLATE_NOOP("HelpOverlay",
                       "open maps, surfaces, an image to probe with, weights or a subject")},
    {"h, F1, ?", QT_TRANSLATE_NOOP("HelpOverlay", "this help")},
}};

} // namespace

HelpOverlay::HelpOverlay(QWidget* parent) : QFrame(parent) {
  setObjectName("helpOverlay");
  setAccessibleName(tr("Keyboard help"));
  setFocusPolicy(Qt::StrongFocus);
  setStyleSheet("#helpOverlay { background: rgba(24, 26, 30, 235); border-radius: 10px; }"
                "#helpOverlay QLabel { color: #f2f2f2; }");
  auto* grid = new QGridLayout(this);
  grid->setContentsMargins(28, 22, 28, 22);
  grid->setHorizontalSpacing(22);
  grid->setVerticalSpacing(7);
  auto* title = new QLabel(tr("<b>Keys and mouse</b>"), this);
  grid->addWidget(title, 0, 0, 1, 2);
  int row = 1;
  for (const auto& [key, does] : keys) {
    auto* name = new QLabel("<b>" + QString::fromUtf8(key).toHtmlEscaped() + "</b>", this);
    grid->addWidget(name, row, 0, Qt::AlignRight);
    grid->addWidget(new QLabel(tr(does), this), row, 1);
    ++row;
  }
  parent->installEventFilter(this);
  hide();
}

void HelpOverlay::toggle() {
  setVisible(isHidden());
  if (isVisible()) {
    placeInTheMiddle();
    raise();
    setFocus();
  } else {
    parentWidget()->setFocus();
  }
}

bool HelpOverlay::eventFilter(QObject* watched, QEvent* event) {
  if (event->type() == QEvent::Resize && isVisible()) {
    placeInTheMiddle();
  }
  return QFrame::eventFilter(watched, event);
}

void HelpOverlay::mousePressEvent(QMouseEvent* event) {
  event->accept();
  toggle();
}

void HelpOverlay::placeInTheMiddle() {
  adjustSize();
  move((parentWidget()->width() - width()) / 2, (parentWidget()->height() - height()) / 2);
}

} // namespace cortograph
