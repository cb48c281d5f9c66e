"""What reading, checking, writing and review exchange: values that know no file and no clock."""
