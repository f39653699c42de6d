#include "app/panels/maps_panel.h"

#include "app/panels/range_box.h"
#include "app/panels/words.h"
#include "app/session/shown.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QFormLayout>
#include <QGridLayout>
#include <QGroupBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QListWidget>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSlider>
#include <QSpinBox>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

namespace cortograph {

namespace {

constexpr int idRole = Qt::UserRole;
constexpr int sliderSteps = 200;
constexpr double noThreshold = -0.05;

QString describe(const MapRow& row) {
  QString name = shown(row.title);
  if (row.state == RowState::training) {
    name += QObject::tr(" – training");
  } else if (row.state == RowState::unsaved) {
    name += QObject::tr(" – not saved");
  } else if (row.state == RowState::kept) {
    name += QObject::tr(" – stopped and kept");
  }
  if (row.map && row.map->simulated()) {
    name += QObject::tr(" (simulated)");
  }
  if (!row.cortex) {
    name += QObject::tr(" – needs surfaces");
  }
  return name;
}

QString explain(const MapRow& row) {
  QString words = describe(row);
  if (!row.file.empty()) {
    words += "\n" + shown(row.file.string(), longestSentence);
  }
  if (row.map) {
    words += QObject::tr("\n%1 vertices on %2, %3 layers")
                 .arg(row.map->size())
                 .arg(shown(inWords(row.map->vertices.mesh)))
                 .arg(row.map->layers());
  }
  if (row.data) {
    for (const std::filesystem::path& file : row.data->files) {
      words += file.empty() ? QString() : "\n" + shown(file.string(), longestSentence);
    }
    words += "\n" + shown(inWords(row.data->mesh));
  }
  return words;
}

QToolButton* button(const QString& name, const QString& tip, QWidget* parent) {
  auto* made = new QToolButton(parent);
  made->setText(name);
  made->setToolTip(tip);
  made->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
  return made;
}

} // namespace

MapsPanel::MapsPanel(QWidget* parent) : QWidget(parent) {
  setObjectName("mapsPanel");
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(8, 8, 8, 8);
  layout->setSpacing(10);
  layout->addWidget(makeList(), 1);
  layout->addWidget(makeLook());
  layout->addWidget(makeViews());
  auto* exportButton = new QPushButton(tr("E&xport picture…"), this);
  exportButton->setObjectName("exportButton");
  exportButton->setToolTip(tr("Save the picture as PNG, at any size (Ctrl+E)"));
  connect(exportButton, &QPushButton::clicked, this, &MapsPanel::exportRequested);
  layout->addWidget(exportButton);
}

QWidget* MapsPanel::makeList() {
  auto* box = new QWidget(this);
  auto* layout = new QVBoxLayout(box);
  layout->setContentsMargins(0, 0, 0, 0);
  list_ = new QListWidget(box);
  list_->setObjectName("mapList");
  list_->setAccessibleName(tr("Open maps"));
  list_->setToolTip(
      tr("Each open map is a row of the picture; untick a map to hide it, drag it to move it"));
  list_->setMinimumHeight(90);
  list_->setTextElideMode(Qt::ElideMiddle);
  list_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  connect(list_, &QListWidget::itemChanged, this, [this](const QListWidgetItem* item) {
    Q_EMIT rowShown(item->data(idRole).toInt(), item->checkState() == Qt::Checked);
  });
  list_->setDragDropMode(QAbstractItemView::InternalMove);
  connect(list_->model(),
          &QAbstractItemModel::rowsMoved,
          this,
          [this](const QModelIndex&, int from, int, const QModelIndex&, int to) {
            const int place = to > from ? to - 1 : to;
            Q_EMIT rowMoved(list_->item(place)->data(idRole).toInt(), place);
          });
  connect(list_, &QListWidget::currentRowChanged, this, &MapsPanel::targetChanged);
  auto* label = new QLabel(tr("Open &maps"), box);
  label->setBuddy(list_);
  layout->addWidget(label);
  layout->addWidget(list_, 1);

  auto* buttons = new QHBoxLayout;
  QToolButton* open = button(tr("Open…"), tr("Open maps, images or weights (Ctrl+O)"), box);
  open->setObjectName("openButton");
  connect(open, &QToolButton::clicked, this, &MapsPanel::openRequested);
  save_ = button(tr("Save…"), tr("Save the selected map (Ctrl+S)"), box);
  save_->setObjectName("saveButton");
  connect(save_, &QToolButton::clicked, this, &MapsPanel::saveRequested);
  remove_ = button(tr("Remove"), tr("Close the selected map; its file is kept"), box);
  remove_->setObjectName("removeButton");
  connect(remove_, &QToolButton::clicked, this, [this] {
    if (const std::optional<int> id = selectedRow()) {
      Q_EMIT removeRequested(*id);
    }
  });
  for (QToolButton* made : {open, save_, remove_}) {
    buttons->addWidget(made);
  }
  layout->addLayout(buttons);
  return box;
}

QGroupBox* MapsPanel::makeLook() {
  auto* box = new QGroupBox(tr("Show"), this);
  auto* form = new QFormLayout(box);
  scope_ = new QComboBox(box);
  scope_->setObjectName("scopeCombo");
  scope_->addItems({tr("all maps"), tr("the selected map")});
  scope_->setToolTip(tr("Maps that the choices below apply to"));
  connect(scope_, &QComboBox::currentIndexChanged, this, &MapsPanel::targetChanged);
  form->addRow(tr("F&or"), scope_);

  form->addRow(tr("&Surface"), makeShapes(box));
  auto* label = new QLabel(tr("Columns"), box);
  label->setAlignment(Qt::AlignTop);
  form->addRow(label);
  form->addRow(makeKinds(box));

  addChoices(*form);
  return box;
}

void MapsPanel::addChoices(QFormLayout& form) {
  layer_ = new QSpinBox(form.parentWidget());
  layer_->setObjectName("layerSpin");
  layer_->setRange(1, 1);
  layer_->setToolTip(tr("The layer whose weight is shown"));
  connect(layer_, &QSpinBox::valueChanged, this, &MapsPanel::layerChosen);
  connect(layer_, &QSpinBox::editingFinished, this, &MapsPanel::editingEnded);
  form.addRow(tr("&Layer"), layer_);
  reference_ = new QComboBox(form.parentWidget());
  reference_->setObjectName("referenceCombo");
  reference_->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
  reference_->setToolTip(tr("Reference map for differences"));
  connect(reference_, &QComboBox::activated, this, [this](int index) {
    const QVariant id = reference_->itemData(index);
    Q_EMIT referenceChosen(id.isValid() ? std::optional(id.toInt()) : std::nullopt);
  });
  form.addRow(tr("&Against"), reference_);
  threshold_ = new QDoubleSpinBox(form.parentWidget());
  threshold_->setObjectName("thresholdSpin");
  threshold_->setRange(noThreshold, 1);
  threshold_->setValue(noThreshold);
  threshold_->setSingleStep(-noThreshold);
  threshold_->setSpecialValueText(tr("all vertices"));
  threshold_->setToolTip(tr("Vertices with a lower R2 are not painted"));
  connect(threshold_, &QDoubleSpinBox::valueChanged, this, [this](double value) {
    Q_EMIT thresholdChosen(value > noThreshold / 2 ? std::optional(value) : std::nullopt);
  });
  connect(threshold_, &QDoubleSpinBox::editingFinished, this, &MapsPanel::editingEnded);
  form.addRow(tr("R2 f&rom"), threshold_);
  range_ = new RangeBox(form.parentWidget());
  connect(range_, &RangeBox::rangeChosen, this, &MapsPanel::rangeChosen);
  form.addRow(tr("Ran&ge of"), range_);
}

QWidget* MapsPanel::makeShapes(QWidget* parent) {
  auto* box = new QWidget(parent);
  auto* layout = new QVBoxLayout(box);
  layout->setContentsMargins(0, 0, 0, 0);
  shape_ = new QComboBox(box);
  shape_->setObjectName("shapeCombo");
  shape_->setToolTip(tr("Keys: r folded, i inflated, f flat"));
  connect(shape_, &QComboBox::activated, this, [this](int index) {
    Q_EMIT shapeChosen(static_cast<Shape>(shape_->itemData(index).toInt()));
  });
  unfolding_ = new QSlider(Qt::Horizontal, box);
  unfolding_->setObjectName("unfoldingSlider");
  unfolding_->setAccessibleName(tr("Unfold"));
  unfolding_->setToolTip(tr("From folded through inflated to flat"));
  unfolding_->setRange(0, sliderSteps);
  unfolding_->setTickPosition(QSlider::TicksBelow);
  unfolding_->setTickInterval(sliderSteps / 2);
  connect(unfolding_, &QSlider::valueChanged, this, [this](int value) {
    Q_EMIT unfolded(static_cast<double>(value) / sliderSteps);
  });
  connect(unfolding_, &QSlider::sliderReleased, this, &MapsPanel::editingEnded);
  layout->addWidget(shape_);
  layout->addWidget(unfolding_);
  return box;
}

QWidget* MapsPanel::makeKinds(QWidget* parent) {
  auto* kinds = new QWidget(parent);
  auto* grid = new QGridLayout(kinds);
  grid->setContentsMargins(0, 0, 0, 0);
  grid->setVerticalSpacing(2);
  int place = 0;
  for (const MapKindEntry entry : mapKindTable()) {
    const std::string name(entry().name);
    auto* check = new QCheckBox(QString::fromUtf8(entry().title), kinds);
    check->setObjectName("kind-" + QString::fromUtf8(name));
    connect(
        check, &QCheckBox::toggled, this, [this, name](bool on) { Q_EMIT kindToggled(name, on); });
    grid->addWidget(check, place / 2, place % 2);
    kinds_.emplace_back(name, check);
    ++place;
  }
  return kinds;
}

QGroupBox* MapsPanel::makeViews() {
  auto* box = new QGroupBox(tr("View"), this);
  auto* grid = new QGridLayout(box);
  int place = 0;
  for (const View view : allViews) {
    QToolButton* made =
        button(capitalized(toString(view)),
               tr("%1 view (key %2)").arg(QString::fromUtf8(toString(view))).arg(place + 1),
               box);
    made->setObjectName("view-" + QString::fromUtf8(toString(view)));
    connect(made, &QToolButton::clicked, this, [this, view] { Q_EMIT viewChosen(view); });
    grid->addWidget(made, place / 2, place % 2);
    ++place;
  }
  QToolButton* reset = button(tr("Reset"), tr("Fit the brain to its pane (key t)"), box);
  reset->setObjectName("resetButton");
  connect(reset, &QToolButton::clicked, this, &MapsPanel::resetRequested);
  grid->addWidget(reset, place / 2, 0, 1, 2);
  return box;
}

void MapsPanel::showDocument(const Document& document) {
  showRows(document);
  showLook(document);
}

void MapsPanel::showRows(const Document& document) {
  const QSignalBlocker quiet(list_);
  const std::optional<int> selected = selectedRow();
  while (list_->count() > static_cast<int>(document.rows.size())) {
    delete list_->takeItem(list_->count() - 1);
  }
  int place = 0;
  for (const MapRow& row : document.rows) {
    if (place == list_->count()) {
      list_->addItem(new QListWidgetItem);
    }
    QListWidgetItem* item = list_->item(place);
    item->setText(describe(row));
    item->setToolTip(asToolTip(explain(row)));
    item->setData(idRole, row.id);
    item->setFlags(item->flags() | Qt::ItemIsUserCheckable);
    item->setCheckState(row.shown ? Qt::Checked : Qt::Unchecked);
    if (row.id == selected) {
      list_->setCurrentRow(place);
    }
    ++place;
  }
  if (list_->currentRow() < 0 && list_->count() > 0) {
    list_->setCurrentRow(0);
  }
  const MapRow* current = selectedRow() ? findRow(document, *selectedRow()) : nullptr;
  const bool done = current != nullptr && current->state != RowState::training;
  save_->setEnabled(done && current->map != nullptr);
  remove_->setEnabled(done);
}

void MapsPanel::showLook(const Document& document) {
  const Look& look = lookOf(document, target());
  const QSignalBlocker quiet(shape_);
  shape_->clear();
  for (const Shape shape : shapesOf(document, target())) {
    shape_->addItem(capitalized(toString(shape)), static_cast<int>(shape));
  }
  shape_->setCurrentIndex(
      look.shape.part > 0 ? -1 : shape_->findData(static_cast<int>(look.shape.from)));
  shape_->setEnabled(shape_->count() > 0);
  const QSignalBlocker steady(unfolding_);
  if (!unfolding_->isSliderDown()) {
    unfolding_->setValue(
        static_cast<int>(std::lround(sliderSteps * unfoldingOf(document, target()))));
  }
  showComparison(document);
  range_->showRanges(rangedKinds(document), document.style.ranges);
  for (const auto& [name, check] : kinds_) {
    const QSignalBlocker still(check);
    check->setChecked(std::ranges::find(look.kinds, name) != look.kinds.end());
    if (name == "prediction") {
      check->setEnabled(document.probe.has_value());
      check->setToolTip(document.probe ? tr("The predicted response to the image")
                                       : tr("Open or drop an image first"));
    }
  }
}

void MapsPanel::showComparison(const Document& document) {
  const QSignalBlocker quiet(layer_);
  const QSignalBlocker still(reference_);
  std::size_t layers = 1;
  reference_->clear();
  reference_->addItem(tr("the first shown"));
  for (const MapRow& row : document.rows) {
    if (row.map != nullptr) {
      layers = std::max(layers, row.map->layers());
      reference_->addItem(shown(row.title), row.id);
      if (document.reference == row.id) {
        reference_->setCurrentIndex(reference_->count() - 1);
      }
    }
  }
  layer_->setRange(1, static_cast<int>(layers));
  layer_->setValue(document.style.layer);
  showThreshold(document.style.threshold);
}

void MapsPanel::showThreshold(const std::optional<Threshold>& threshold) {
  const bool ofR2 = threshold && threshold->kind == "r2" && !threshold->percentile;
  const double value = ofR2 ? threshold->value : noThreshold;
  constexpr double shownStep = 0.01;
  if (std::abs(threshold_->value() - value) > shownStep / 2) { // not while it is being typed
    const QSignalBlocker quiet(threshold_);
    threshold_->setValue(value);
  }
}

std::optional<int> MapsPanel::selectedRow() const {
  const QListWidgetItem* item = list_->currentItem();
  return item == nullptr ? std::nullopt : std::optional(item->data(idRole).toInt());
}

void MapsPanel::selectRow(int id) {
  for (int place = 0; place < list_->count(); ++place) {
    if (list_->item(place)->data(idRole).toInt() == id) {
      list_->setCurrentRow(place);
    }
  }
}

std::optional<int> MapsPanel::target() const {
  return scope_->currentIndex() == 0 ? std::nullopt : selectedRow();
}

} // namespace cortograph
