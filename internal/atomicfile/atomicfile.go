// Package atomicfile replaces files as a whole: whoever reads one sees the old content or the new, never a part.
package atomicfile

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// Write puts data in place of a file's content, or makes the file with mode where there is none. A file that is there
// keeps its own mode, and a symbolic link goes on leading to it. The error names the file; on an error the old content stays.
func Write(path string, data []byte, mode fs.FileMode) (err error) {
	target, mode, err := target(path, mode)
	if err != nil {
		return fmt.Errorf("replace %s: %w", path, err)
	}
	defer func() {
		if err != nil {
			err = fmt.Errorf("replace %s: %w", path, err)
		}
	}()
	f, err := os.CreateTemp(filepath.Dir(target), "."+filepath.Base(target)+".*.tmp")
	if err != nil {
		return err
	}
	if err := fill(f, data, mode); err != nil {
		return errors.Join(err, os.Remove(f.Name()))
	}
	if err := os.Rename(f.Name(), target); err != nil {
		return errors.Join(err, os.Remove(f.Name()))
	}
	return nil
}

// target is the file that a path leads to, and the mode that it is to have.
func target(path string, mode fs.FileMode) (string, fs.FileMode, error) {
	info, err := os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return path, mode, nil
	}
	if err != nil {
		return "", 0, err
	}
	if !info.Mode().IsRegular() {
		return "", 0, fmt.Errorf("not a regular file: %s", info.Mode().Type())
	}
	real, err := filepath.EvalSymlinks(path)
	return real, info.Mode().Perm(), err
}

// fill writes, settles and closes a new file.
func fill(f *os.File, data []byte, mode fs.FileMode) error {
	_, err := f.Write(data)
	if err == nil {
		err = f.Chmod(mode)
	}
	if err == nil {
		err = f.Sync()
	}
	return errors.Join(err, f.Close())
}
