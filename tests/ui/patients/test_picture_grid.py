"""Pictures of a patient: as many beside one another as there is room for."""

import pytest
from PySide6.QtGui import QPixmap

from app.ui.design.theme import theme
from app.ui.patients.picture_grid import PictureGrid, PictureTile


@pytest.mark.parametrize("scale", [1.0, 2.0])
@pytest.mark.parametrize("width", [382, 568, 570, 760, 999])
def test_no_column_is_lost(qtbot, width, scale):
    theme().apply(scale=scale)
    grid = PictureGrid("Pictures")
    qtbot.addWidget(grid)
    grid.rows.set_rows([PictureTile(str(n), "Arm", picture=QPixmap(100, 75)) for n in range(9)])
    grid.resize(width, 600)
    grid.show()
    grid.doItemsLayout()

    tops = [grid.visualRect(grid.rows.index(n)).top() for n in range(9)]

    assert tops.count(min(tops)) == grid.columns()
    assert grid.columns() >= (3 if width >= 568 and scale == 1.0 else 1)
